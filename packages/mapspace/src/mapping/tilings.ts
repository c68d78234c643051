import { factorizations } from "../numbers/factorizations.js";
import type { PaddedDims } from "../problem/padding.js";
import type { Mapspace } from "./mapspace.js";
import type { LoopNest } from "./nest.js";

/**
 * All ways to tile a dimension of a mapspace: every factorization of every bound it may be run at over its slots,
 * innermost first, a list for each bound. Lists are kept and given out again: do not write into them.
 */
export function tilings(space: Mapspace, d: number): (readonly Float64Array[])[] {
  return space.bounds[d]!.map((bound) => factorizations(bound, space.slotsOf[d]!.length));
}

/** The dimensions that a nest of the mapspace runs beyond the problem's bounds. */
export function paddedDims({ shape }: Mapspace, nest: LoopNest): PaddedDims {
  const bounds = new Float64Array(shape.dimCount).fill(1);
  for (let loop = 0; loop < nest.factor.length; loop++) bounds[nest.dim[loop]!]! *= nest.factor[loop]!;
  return Object.fromEntries(
    shape.dims.flatMap((dim, d) =>
      bounds[d] === shape.bounds[d] ? [] : [[dim, [shape.bounds[d]!, bounds[d]!]] as const],
    ),
  );
}
