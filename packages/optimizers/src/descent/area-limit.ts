import { emptyMachine, leastSize, sizeUpTo, totalAreaUm2 } from "@loopnest/mapspace";
import type { Network } from "../network/network.js";

/** What a size is multiplied by, again and again, until the machine is small enough. */
const SHRINKAGE = 0.9;

/** The way back within the objective's limit of area. Prices machines, evaluates no mapping: costs no samples. */
export interface AreaLimit {
  /** Whether a machine of these sizes is too large. */
  exceeded(sizes: Float64Array): boolean;
  /**
   * Makes free sizes smaller until the machine is small enough, or all are as small as can be.
   *
   * @param groups Sizes by index; those of a group shrink together, and the next group once that is not enough.
   */
  shrink(sizes: Float64Array, groups: readonly (readonly number[])[]): void;
}

export function makeAreaLimit({ task, levelCount }: Network): AreaLimit {
  const { model, objective } = task;
  const machine = emptyMachine(levelCount);
  const limitUm2 = (objective.maxAreaMm2 ?? Number.POSITIVE_INFINITY) * 1e6;
  const exceeded = (sizes: Float64Array) => {
    if (limitUm2 === Number.POSITIVE_INFINITY) return false;
    model.machine(sizes, "exact", machine);
    return totalAreaUm2(machine) > limitUm2;
  };
  return {
    exceeded,
    shrink(sizes, groups) {
      for (const group of groups) {
        for (let smaller = true; smaller && exceeded(sizes); ) {
          smaller = false;
          for (const k of group) {
            const free = model.target.sizes[k]!;
            const next = Math.max(leastSize(free), sizeUpTo(free, sizes[k]! * SHRINKAGE));
            smaller ||= next < sizes[k]!;
            sizes[k] = Math.min(sizes[k]!, next);
          }
        }
      }
    },
  };
}
