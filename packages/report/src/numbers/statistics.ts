import * as d3 from "d3-array";

/** Middle and ends of some values. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle value, or the mean of the two in the middle. @param values One at least. */
export function median(values: readonly number[]): number {
  return d3.median(values)!;
}

/** Middle and ends of some values. @param values One at least. */
export function spread(values: readonly number[]): Spread {
  const [least, most] = d3.extent(values) as [number, number];
  return { median: median(values), least, most };
}

/** The root of the product: the middle of ratios. @param values One at least, all above 0. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(d3.mean(values, Math.log)!);
}
