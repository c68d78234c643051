import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/**
 * Distinct offsets of children where spatial loops unroll a sliding window, between integers (R5).
 *
 * In a rank with spatial loops of steps a_i and factors n_i the offsets are sums of i * a; with u the smallest step,
 *
 *     groups = min(product of n_i, 1 + sum of (n_i - 1) * a_i / u)
 *
 * which at integers is exact for two loops whose steps divide each other; there `handOver` counts anyway.
 */
export function slidingGroups(state: NestState, nest: LoopNest, t: number, l: number): number {
  const { rankStart } = state.shape;
  let groups = 1;
  for (let rank = rankStart[t]!; rank < rankStart[t + 1]!; rank++) {
    const { product, span } = rankSpread(state, nest, t, l, rank);
    groups *= Math.min(product, span);
  }
  return groups;
}

/** The two bounds of `slidingGroups` for one rank, and the smallest step. */
export function rankSpread(state: NestState, nest: LoopNest, t: number, l: number, rank: number) {
  const { shape, inside } = state;
  const { dimCount, rankOf, coefficientOf } = shape;
  let unit = Number.POSITIVE_INFINITY;
  let unitLoop = -1;
  let product = 1;
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const cell = t * dimCount + nest.dim[i]!;
    if (rankOf[cell] !== rank || nest.factor[i] === 1) continue;
    const step = coefficientOf[cell]! * inside[i]!;
    if (step < unit) {
      unit = step;
      unitLoop = i;
    }
    product *= nest.factor[i]!;
  }
  let span = 1;
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    const cell = t * dimCount + nest.dim[i]!;
    if (rankOf[cell] !== rank || nest.factor[i] === 1) continue;
    span += ((nest.factor[i]! - 1) * coefficientOf[cell]! * inside[i]!) / unit;
  }
  return { product, span, unitLoop };
}
