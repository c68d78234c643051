import type { Architecture, Bandwidth } from "./architecture.js";

/** An architecture as flat arrays, one entry per storage level, outermost first; `Infinity` stands for unlimited. */
export interface Machine {
  readonly levelCount: number;
  readonly capacityWords: Float64Array;
  readonly blockSize: Float64Array;
  readonly energyPerVectorAccessPj: Float64Array;
  readonly bandwidthShared: Float64Array;
  readonly bandwidthRead: Float64Array;
  readonly bandwidthWrite: Float64Array;
  /** Instances and mesh columns; entry `levelCount` is the compute units. */
  readonly instances: Float64Array;
  readonly meshX: Float64Array;
  /** Area of all instances; entry `levelCount` is the compute units. */
  readonly areaUm2: Float64Array;
  /** Energy of one multiply-accumulate, in entry 0. */
  readonly macEnergyPj: Float64Array;
}

/** A machine of `levelCount` levels with every entry 0: to be filled, or to gather derivatives in. */
export function emptyMachine(levelCount: number): Machine {
  const perLevel = () => new Float64Array(levelCount);
  return {
    levelCount,
    capacityWords: perLevel(),
    blockSize: perLevel(),
    energyPerVectorAccessPj: perLevel(),
    bandwidthShared: perLevel(),
    bandwidthRead: perLevel(),
    bandwidthWrite: perLevel(),
    instances: new Float64Array(levelCount + 1),
    meshX: new Float64Array(levelCount + 1),
    areaUm2: new Float64Array(levelCount + 1),
    macEnergyPj: new Float64Array(1),
  };
}

/** The flat form of an architecture. */
export function machineOf(architecture: Architecture): Machine {
  const machine = emptyMachine(architecture.levels.length);
  const { levels, compute } = architecture;
  levels.forEach((level, l) => {
    machine.capacityWords[l] = level.capacityWords ?? Number.POSITIVE_INFINITY;
    machine.blockSize[l] = level.blockSize;
    machine.energyPerVectorAccessPj[l] = level.energyPerVectorAccessPj;
    const { shared, read, write } = ports(level.bandwidthWordsPerCycle);
    machine.bandwidthShared[l] = shared;
    machine.bandwidthRead[l] = read;
    machine.bandwidthWrite[l] = write;
    machine.instances[l] = level.instances;
    machine.meshX[l] = level.meshX;
    machine.areaUm2[l] = level.areaPerInstanceUm2 * level.instances;
  });
  machine.instances[levels.length] = compute.instances;
  machine.meshX[levels.length] = compute.meshX;
  machine.areaUm2[levels.length] = compute.areaPerInstanceUm2 * compute.instances;
  machine.macEnergyPj[0] = compute.energyPj;
  return machine;
}

/** Area of the whole machine: all instances of all levels and the compute units. */
export function totalAreaUm2({ areaUm2 }: Pick<Machine, "areaUm2">): number {
  let sum = 0;
  for (let l = 0; l < areaUm2.length; l++) sum += areaUm2[l]!;
  return sum;
}

function ports(bandwidth: Bandwidth): { shared: number; read: number; write: number } {
  const unlimited = Number.POSITIVE_INFINITY;
  if (bandwidth === null) return { shared: unlimited, read: unlimited, write: unlimited };
  if ("shared" in bandwidth) return { shared: bandwidth.shared, read: unlimited, write: unlimited };
  return { shared: unlimited, ...bandwidth };
}
