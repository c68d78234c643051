import { rankSpread } from "../traffic/sliding-groups.js";
import type { BackwardPass } from "./adjoints.js";

/**
 * Derivative of the groups of children below level l: the product of the relevant spatial factors, or `slidingGroups`
 * where they unroll a window. At integers, where children are counted one by one, the same slopes are used.
 *
 * @param seed Derivative of the objective with respect to log groups.
 */
export function groupsGradient(pass: BackwardPass, t: number, l: number, seed: number): void {
  const { state, nest, adjoint, toFactors } = pass;
  const { shape, levelCount, slides, inside } = state;
  const { dimCount, relevant, rankOf, coefficientOf, rankStart } = shape;
  if (slides[t * levelCount + l] === 0) {
    for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
      if ((relevant[t]! >> nest.dim[i]!) & 1) toFactors[i]! += seed;
    }
    return;
  }
  for (let rank = rankStart[t]!; rank < rankStart[t + 1]!; rank++) {
    const { product, span, unitLoop } = rankSpread(state, nest, t, l, rank);
    if (unitLoop < 0) continue;
    const unit = coefficientOf[t * dimCount + nest.dim[unitLoop]!]! * inside[unitLoop]!;
    for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
      const cell = t * dimCount + nest.dim[i]!;
      if (rankOf[cell] !== rank) continue;
      if (product <= span) {
        toFactors[i]! += seed;
        continue;
      }
      const share = (seed * coefficientOf[cell]! * inside[i]!) / unit / span;
      toFactors[i]! += share * nest.factor[i]!;
      adjoint.logInside[i]! += share * (nest.factor[i]! - 1);
      adjoint.logInside[unitLoop]! -= share * (nest.factor[i]! - 1);
    }
  }
}
