import { emptyMachine, type Machine, type PerformanceModel } from "@loopnest/mapspace";
import type { HardwareSpace } from "./hardware-space.js";

/** The machine of array a with every memory at its smallest, or at its largest. */
export function arrayMachine(
  space: HardwareSpace,
  model: PerformanceModel,
  a: number,
  memories: "smallest" | "largest",
): Machine {
  return machineOn(space, model, space.arrays[a]!, memories);
}

/** The machine of an array, given by its sizes, with every memory at its smallest, or at its largest. */
export function machineOn(
  space: HardwareSpace,
  model: PerformanceModel,
  array: Float64Array,
  memories: "smallest" | "largest",
): Machine {
  const sizes = array.slice();
  for (const { index, values } of space.memories) sizes[index] = values.at(memories === "smallest" ? 0 : -1)!;
  const machine = emptyMachine(space.compiled.levels.length);
  model.machine(sizes, "exact", machine);
  return machine;
}

/** The most words that every level holds on any of the arrays. */
export function largestCapacities(
  space: HardwareSpace,
  model: PerformanceModel,
  arrays: readonly number[],
): Float64Array {
  const largest = new Float64Array(space.compiled.levels.length);
  for (const a of arrays) {
    arrayMachine(space, model, a, "largest").capacityWords.forEach((words, l) => {
      if (words > largest[l]!) largest[l] = words;
    });
  }
  return largest;
}

/** What bounds the cost of a mapping from above, whichever of some machines it runs on. */
export interface Extremes {
  /** A machine with the least bandwidths of all. */
  readonly slowest: Machine;
  /** Words of the widest rows of every level. */
  readonly widest: Float64Array;
}

/** A machine with the largest bandwidths of all. */
export function fastestMachine(machines: readonly Machine[]): Machine {
  return withBandwidths(machines, Math.max);
}

/** The bounds of several machines of one target; there is at least one. */
export function extremes(machines: readonly Machine[]): Extremes {
  const widest = machines[0]!.blockSize.slice();
  for (const { blockSize } of machines) {
    for (let l = 0; l < widest.length; l++) widest[l] = Math.max(widest[l]!, blockSize[l]!);
  }
  return { slowest: withBandwidths(machines, Math.min), widest };
}

function withBandwidths(machines: readonly Machine[], choose: (a: number, b: number) => number): Machine {
  const machine = { ...machines[0]! };
  for (const port of ["bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const) {
    machine[port] = machine[port].map((first, l) => machines.reduce((so, one) => choose(so, one[port][l]!), first));
  }
  return machine;
}
