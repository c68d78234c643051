import type { BackwardPass } from "./adjoints.js";

/**
 * From products of factors to the factors themselves: `walkExtents` in reverse. Adds to `toFactors[i]`, d / d log
 * factor i.
 */
export function loopGradient({ state, nest, adjoint, toFactors }: BackwardPass): void {
  const { levelCount, shape, tileRow, spannedRow } = state;
  const { dimCount } = shape;
  const { start, startTemporal, end, dim } = nest;
  const { perDim, logExtent, logInside, logVisitsFrom, logUsedInstances } = adjoint;

  // A loop is part of every tile at its level and outside, and of the steps of the loops of its dimension outside it.
  perDim.fill(0);
  let instancesInside = 0;
  for (let l = 1; l <= levelCount; l++) instancesInside += logUsedInstances[l]!;
  for (let l = 0; l < levelCount; l++) {
    const tile = tileRow[l]!;
    const spanned = spannedRow[l]!;
    // A row that is the next one inside as well is added there.
    if (tile !== spanned) for (let d = 0; d < dimCount; d++) perDim[d]! += logExtent[tile + d]!;
    for (let i = end[l]! - 1; i >= startTemporal[l]!; i--) {
      toFactors[i]! += perDim[dim[i]!]!;
      perDim[dim[i]!]! += logInside[i]!;
    }
    if (spanned !== tileRow[l + 1]!) for (let d = 0; d < dimCount; d++) perDim[d]! += logExtent[spanned + d]!;
    for (let i = startTemporal[l]! - 1; i >= start[l]!; i--) {
      toFactors[i]! += perDim[dim[i]!]! + instancesInside;
      perDim[dim[i]!]! += logInside[i]!;
    }
    instancesInside -= logUsedInstances[l + 1]!;
  }

  let visits = 0;
  for (let l = levelCount - 1; l >= 0; l--) {
    for (let i = start[l]!; i < startTemporal[l]!; i++) visits += logVisitsFrom[i]!;
    for (let i = startTemporal[l]!; i < end[l]!; i++) {
      visits += logVisitsFrom[i]!;
      toFactors[i]! += visits;
    }
  }
}
