import type { LoopNest } from "@loopnest/mapspace";

/**
 * How many visits in a row need the same tile of a tensor: the product of the outermost level's innermost loops that do
 * not move the tensor, up to the first that does.
 *
 * The smooth extension fades loops outside a moving loop of factor f by `1 - smoothstep(log2 f)`, which is 1 at f = 1
 * and 0 from f = 2 on: equal to the product at whole factors, and continuously differentiable.
 *
 * @param moves Whether the tensor depends on a dimension.
 * @param toFactors Where the derivative, times `weight`, with respect to log factors is added; left out for the value
 * alone.
 */
export function logReuse(
  nest: LoopNest,
  moves: (dim: number) => boolean,
  toFactors?: Float64Array,
  weight = 1,
): number {
  const start = nest.startTemporal[0]!;
  const end = nest.end[0]!;
  let log = 0;
  let fade = 1;
  for (let i = start; i < end && fade > 0; i++) {
    const f = nest.factor[i]!;
    if (moves(nest.dim[i]!)) fade *= 1 - climb(f);
    else log += fade * Math.log(f);
  }
  if (toFactors === undefined) return log;
  // Backwards through the same walk: what later loops contribute scales with every fade inside them.
  let outside = 0;
  for (let i = end - 1; i >= start; i--) {
    const f = nest.factor[i]!;
    let inner = 1;
    for (let k = start; k < i; k++) if (moves(nest.dim[k]!)) inner *= 1 - climb(nest.factor[k]!);
    if (moves(nest.dim[i]!)) {
      toFactors[i]! -= weight * inner * climbSlope(f) * outside;
      outside *= 1 - climb(f);
    } else {
      toFactors[i]! += weight * inner;
      outside += Math.log(f);
    }
  }
  return log;
}

/** Smoothstep of log2 f between 1 and 2. */
export function climb(f: number): number {
  const u = Math.min(1, Math.max(0, Math.log2(f)));
  return u * u * (3 - 2 * u);
}

/** Its derivative with respect to log f. */
export function climbSlope(f: number): number {
  const u = Math.log2(f);
  return u <= 0 || u >= 1 ? 0 : (6 * u * (1 - u)) / Math.LN2;
}
