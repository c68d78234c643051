/**
 * Projects values onto the simplex `{x >= 0, sum of x = total}`: the nearest point of it (Duchi et al., ICML 2008).
 *
 * The log factors of one dimension live on such a simplex: none below factor 1, and together they make the bound.
 *
 * @param values Overwritten.
 */
export function projectOntoSimplex(values: Float64Array, total: number): void {
  const descending = Float64Array.from(values).sort().reverse();
  let sum = 0;
  let shift = 0;
  for (let k = 0; k < descending.length; k++) {
    sum += descending[k]!;
    const candidate = (sum - total) / (k + 1);
    if (descending[k]! < candidate) break;
    shift = candidate;
  }
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]! - shift);
}
