import type { PaddedDims } from "../problem/padding.js";
import { limitedTilings } from "./factor-limits.js";
import type { Mapspace } from "./mapspace.js";
import type { LoopNest } from "./nest.js";

/** By mapspace and dimension: filtering by limits takes longer than a draw. */
const known = new WeakMap<Mapspace, (readonly Float64Array[])[][]>();

/**
 * All ways to tile a dimension of a mapspace: every factorization of every bound it may be run at over its slots,
 * innermost first, that keeps to the limits of its slots; a list for each bound. Lists are kept and given out again: do
 * not write into them.
 */
export function tilings(space: Mapspace, d: number): (readonly Float64Array[])[] {
  let own = known.get(space);
  if (own === undefined) known.set(space, (own = []));
  return (own[d] ??= limitedTilings(
    space.bounds[d]!,
    space.slotsOf[d]!.map((slot) => space.slots[slot]!.limits),
  ));
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
