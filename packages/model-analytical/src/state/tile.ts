import type { ProblemShape } from "@loopnest/mapspace";

/**
 * Extent of one rank over a tile: `1 + sum of coefficient * (extent of dim - 1)`. Strided gaps count (R1).
 *
 * @param row Where the tile's extents per dimension start in `extent`.
 */
export function rankExtent(shape: ProblemShape, rank: number, extent: Float64Array, row: number): number {
  const plain = shape.plainDim[rank]!;
  if (plain >= 0) return extent[row + plain]!;
  let words = 1;
  for (let k = shape.termStart[rank]!; k < shape.termStart[rank + 1]!; k++) {
    words += shape.termCoefficient[k]! * (extent[row + shape.termDim[k]!]! - 1);
  }
  return words;
}

/** Words of the tile of tensor `t`: the box over its ranks (R1). */
export function tileVolume(shape: ProblemShape, t: number, extent: Float64Array, row: number): number {
  let words = 1;
  for (let rank = shape.rankStart[t]!; rank < shape.rankStart[t + 1]!; rank++) {
    words *= rankExtent(shape, rank, extent, row);
  }
  return words;
}

/**
 * Adds `seed * d log(tile volume) / d log(extent of dim)` to `gradient[row + dim]`, for every dimension.
 *
 * @param except A rank that is left out of the volume, -1 for none.
 */
export function tileVolumeGradient(
  shape: ProblemShape,
  t: number,
  extent: Float64Array,
  row: number,
  seed: number,
  gradient: Float64Array,
  except = -1,
): void {
  for (let rank = shape.rankStart[t]!; rank < shape.rankStart[t + 1]!; rank++) {
    if (rank === except) continue;
    const scale = seed / rankExtent(shape, rank, extent, row);
    for (let k = shape.termStart[rank]!; k < shape.termStart[rank + 1]!; k++) {
      const d = shape.termDim[k]!;
      gradient[row + d]! += scale * shape.termCoefficient[k]! * extent[row + d]!;
    }
  }
}
