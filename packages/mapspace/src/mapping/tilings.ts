import { factorizations } from "../numbers/factorizations.js";
import type { Mapspace } from "./mapspace.js";
import type { LoopNest } from "./nest.js";

/**
 * All ways to tile a dimension of a mapspace: every factorization of every bound it may be run at over its slots, innermost first,
 * a list for each bound. Lists are kept and given out again: do not write into them.
 */
export function tilings(space: Mapspace, d: number): (readonly Float64Array[])[] {
  return space.bounds[d]!.map((bound) => factorizations(bound, space.slotsOf[d]!.length));
}

/** The bounds that a nest of the mapspace runs dimensions at, by name, where they are not the problem's own. */
export function paddedTo({ shape }: Mapspace, nest: LoopNest): Record<string, number> {
  const bounds = new Float64Array(shape.dimCount).fill(1);
  for (let loop = 0; loop < nest.factor.length; loop++) bounds[nest.dim[loop]!]! *= nest.factor[loop]!;
  return Object.fromEntries(
    shape.dims.flatMap((dim, d) => (bounds[d] === shape.bounds[d] ? [] : [[dim, bounds[d]!] as const])),
  );
}
