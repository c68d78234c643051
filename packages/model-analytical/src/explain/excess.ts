import type { LoopNest, Machine } from "@loopnest/mapspace";
import { breaks, forEachLimit } from "../limits/limits.js";
import { walkExtents } from "../state/extents.js";
import type { NestState } from "../state/nest-state.js";
import type { OpenSlot } from "./slot-nest.js";

/** How far a nest is beyond what a machine can run, in logs; every entry is 0 where all is well. */
export interface Excess {
  /**
   * Per limit of the machine, log of what is needed over what is there; 1 for a tensor kept nowhere. Last, loops in
   * closed slots.
   */
  readonly limits: readonly number[];
  /** Per dimension, the primes that its factors lack and have too many. */
  readonly factors: readonly number[];
  readonly total: number;
}

/** Measures a nest against the limits of a machine. */
export function measureExcess(state: NestState, nest: LoopNest, machine: Machine, slots: readonly OpenSlot[]): Excess {
  walkExtents(state, nest);
  const limits: number[] = [];
  const factors: number[] = [];
  forEachLimit(state, nest, machine, (code, _, needed, available) => {
    if (code === "factors") {
      factors.push(
        Math.log(
          (needed / greatestCommonDivisor(needed, available)) * (available / greatestCommonDivisor(needed, available)),
        ),
      );
    } else if (!breaks(code, needed, available)) limits.push(0);
    else limits.push(code === "unkept" ? 1 : Math.log(needed / available));
  });
  let closed = 0;
  for (let i = 0; i < slots.length; i++) if (!slots[i]!.open) closed += Math.log(nest.factor[i]!);
  limits.push(closed);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return { limits, factors, total: sum(limits) + sum(factors) };
}

/** Whether some entry of `now` is less than it was. */
export function lessens(now: readonly number[], before: readonly number[]): boolean {
  return now.some((excess, k) => excess < before[k]!);
}

/** Euclid's. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
