/**
 * Values shifted and scaled to mean 0 and variance 1 for a Gaussian process. Those far above the median, twice as far
 * as the least is below it, are cut off there first, `Infinity` too: how bad a bad point is says little about where
 * good ones are, and would swamp the rest.
 *
 * @param values At least one of them finite.
 */
export function standardized(values: readonly number[]): Float64Array {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const least = sorted[0]!;
  const cut = Number.isFinite(median)
    ? median + 2 * (median - least)
    : Math.max(...values.filter((value) => Number.isFinite(value)));
  const kept = Float64Array.from(values, (value) => Math.min(value, cut));
  const mean = kept.reduce((a, b) => a + b, 0) / kept.length;
  const deviation = Math.sqrt(kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length);
  return kept.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}
