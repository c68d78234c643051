import type { LoopNest, Machine, Rounding, Traffic } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/** Vector accesses for words of one kind (reads, updates or fills) of one instance: whole rows (R10). */
export function rowsOf(words: number, blockSize: number): number {
  return Math.ceil(words / blockSize);
}

/** Vector accesses of one instance of level l to tensor t: every kind of access fills rows of its own (R10). */
export function vectorAccesses(state: Traffic, cell: number, blockSize: number, rounding: Rounding): number {
  const { reads, updates, fills } = state;
  if (rounding === "smooth") return (reads[cell]! + updates[cell]! + fills[cell]!) / blockSize;
  return rowsOf(reads[cell]!, blockSize) + rowsOf(updates[cell]!, blockSize) + rowsOf(fills[cell]!, blockSize);
}

/** Energy in pJ of tensor t at level l, over all instances in use. */
export function tensorEnergyPj(state: NestState, machine: Machine, t: number, l: number, rounding: Rounding): number {
  const accesses = vectorAccesses(state, t * state.levelCount + l, machine.blockSize[l]!, rounding);
  return accesses * machine.energyPerVectorAccessPj[l]! * state.usedInstances[l]!;
}

/** Energy in pJ of the whole nest: MACs and every access to every kept tensor (R10). */
export function energyPj(state: NestState, nest: LoopNest, machine: Machine, rounding: Rounding): number {
  const { levelCount, usedInstances, computeCycles } = state;
  let energy = computeCycles * usedInstances[levelCount]! * machine.macEnergyPj[0]!;
  for (let l = 0; l < levelCount; l++) {
    for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
      if (kept & 1) energy += tensorEnergyPj(state, machine, t, l, rounding);
    }
  }
  return energy;
}
