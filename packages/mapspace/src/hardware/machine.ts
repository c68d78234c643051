import { accessPrices } from "./access-prices.js";
import type { Architecture, Bandwidth, NetworkPrices, StorageLevel } from "./architecture.js";

/** An architecture as flat arrays, one entry per storage level, outermost first; `Infinity` stands for unlimited. */
export interface Machine {
  readonly levelCount: number;
  /** Words that the tiles of one moment may take in one instance: its capacity over its buffering. */
  readonly capacityWords: Float64Array;
  readonly blockSize: Float64Array;
  /** Energy of one vector access of the dearest kind. */
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
  /** What else the levels cost: fixed, whatever the sizes. */
  parts: readonly LevelParts[];
}

/** Prices and parts of one level that do not depend on sizes. */
export interface LevelParts {
  /** What a read, a fill and an update cost of `energyPerVectorAccessPj`, at most 1. */
  readonly readWeight: number;
  readonly fillWeight: number;
  readonly updateWeight: number;
  /** Static energy of one instance in a cycle. */
  readonly leakPjPerCycle: number;
  /** Instances side by side that share a row. */
  readonly clusterSize: number;
  /** Wires to the level inside, `null` where their energy is not counted. */
  readonly network: NetworkPrices | null;
}

/** A level whose accesses all cost the same, that leaks nothing and whose wires are not counted. @internal */
export const plainParts: LevelParts = {
  readWeight: 1,
  fillWeight: 1,
  updateWeight: 1,
  leakPjPerCycle: 0,
  clusterSize: 1,
  network: null,
};

/**
 * A machine of `levelCount` levels with every entry 0: to be filled, or to gather derivatives in.
 *
 * @param parts What its levels cost besides; plain unless given.
 */
export function emptyMachine(
  levelCount: number,
  parts: readonly LevelParts[] = Array.from({ length: levelCount }, () => plainParts),
): Machine {
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
    parts,
  };
}

/** The flat form of an architecture. */
export function machineOf(architecture: Architecture): Machine {
  const { levels, compute } = architecture;
  const machine = emptyMachine(levels.length, levels.map(partsOf));
  levels.forEach((level, l) => {
    machine.capacityWords[l] = (level.capacityWords ?? Number.POSITIVE_INFINITY) / (level.multipleBuffering ?? 1);
    machine.blockSize[l] = level.blockSize;
    machine.energyPerVectorAccessPj[l] = accessPrices(level).energyPerVectorAccessPj;
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

/** Parts of a level; `plainParts` itself where nothing differs, so that the usual case is known at a glance. */
export function makeParts(differing: Partial<LevelParts>): LevelParts {
  const parts = { ...plainParts, ...differing };
  const fields = Object.keys(plainParts) as (keyof LevelParts)[];
  return fields.every((field) => parts[field] === plainParts[field]) ? plainParts : parts;
}

function partsOf(level: StorageLevel): LevelParts {
  const { readWeight, fillWeight, updateWeight } = accessPrices(level);
  const { leakPjPerCycle = 0, clusterSize = 1, network = null } = level;
  return makeParts({ readWeight, fillWeight, updateWeight, leakPjPerCycle, clusterSize, network });
}

function ports(bandwidth: Bandwidth): { shared: number; read: number; write: number } {
  const unlimited = Number.POSITIVE_INFINITY;
  if (bandwidth === null) return { shared: unlimited, read: unlimited, write: unlimited };
  if ("shared" in bandwidth) return { shared: bandwidth.shared, read: unlimited, write: unlimited };
  return { shared: unlimited, read: unlimited, write: unlimited, ...bandwidth };
}
