import {
  type LevelParts,
  type LoopNest,
  type Machine,
  plainParts,
  type Rounding,
  type Traffic,
} from "@loopnest/mapspace";

/** Vector accesses for words of one kind (reads, updates or fills) of one instance: whole rows (R10). */
export function rowsOf(words: number, blockSize: number): number {
  return Math.ceil(words / blockSize);
}

/**
 * Vector accesses of one instance of level l to tensor t, each weighed by what its kind costs of the dearest: every
 * kind of access fills rows of its own (R10).
 */
export function vectorAccesses(
  state: Traffic,
  cell: number,
  blockSize: number,
  parts: LevelParts,
  rounding: Rounding,
): number {
  const { reads, updates, fills } = state;
  if (parts === plainParts) {
    if (rounding === "smooth") return (reads[cell]! + updates[cell]! + fills[cell]!) / blockSize;
    return rowsOf(reads[cell]!, blockSize) + rowsOf(updates[cell]!, blockSize) + rowsOf(fills[cell]!, blockSize);
  }
  const { readWeight, updateWeight, fillWeight } = parts;
  if (rounding === "smooth") {
    return (reads[cell]! * readWeight + updates[cell]! * updateWeight + fills[cell]! * fillWeight) / blockSize;
  }
  return (
    rowsOf(reads[cell]!, blockSize) * readWeight +
    rowsOf(updates[cell]!, blockSize) * updateWeight +
    rowsOf(fills[cell]!, blockSize) * fillWeight
  );
}

/** Instances of level l whose accesses cost energy: those in use, or rows of them where a row serves a cluster. */
export function chargedInstances(state: Traffic, machine: Machine, l: number): number {
  const { clusterSize } = machine.parts[l]!;
  const used = state.usedInstances[l]!;
  return clusterSize === 1 ? used : Math.min(used, machine.instances[l]! / clusterSize);
}

/** Energy in pJ of tensor t at level l, over all instances in use. */
export function tensorEnergyPj(state: Traffic, machine: Machine, t: number, l: number, rounding: Rounding): number {
  const accesses = vectorAccesses(state, t * state.levelCount + l, machine.blockSize[l]!, machine.parts[l]!, rounding);
  return accesses * machine.energyPerVectorAccessPj[l]! * chargedInstances(state, machine, l);
}

/** Energy in pJ that level l loses by itself while a nest runs: instances that it does not use are power-gated. */
export function leakPj(state: Traffic, machine: Machine, l: number, latencyCycles: number): number {
  return machine.parts[l]!.leakPjPerCycle * latencyCycles * state.usedInstances[l]!;
}

/** The same of all levels. */
export function totalLeakPj(state: Traffic, machine: Machine, latencyCycles: number): number {
  let energy = 0;
  for (let l = 0; l < state.levelCount; l++)
    if (machine.parts[l] !== plainParts) energy += leakPj(state, machine, l, latencyCycles);
  return energy;
}

/** Energy in pJ of MACs and every access to every kept tensor (R10). */
export function energyPj(state: Traffic, nest: LoopNest, machine: Machine, rounding: Rounding): number {
  const { levelCount, usedInstances, computeCycles } = state;
  let energy = computeCycles * usedInstances[levelCount]! * machine.macEnergyPj[0]!;
  for (let l = 0; l < levelCount; l++) {
    for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
      if (kept & 1) energy += tensorEnergyPj(state, machine, t, l, rounding);
    }
  }
  return energy;
}
