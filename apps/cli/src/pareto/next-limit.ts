/** A search of the front, when it has ended. */
export interface SearchedLimit {
  /** No limit if `null`. */
  readonly limitMm2: number | null;
  /** Of the design that was found; `null` if none was. */
  readonly areaMm2: number | null;
  /** Whether it is proven that no design within the limit is better. */
  readonly proven: boolean;
}

/** Limits are given to people: four significant digits. */
const DIGITS = 4;
/** Limits nearer than this to one that nothing fits in tell nothing new. */
const NARROW = 1.01;

/**
 * The area limit that the next search of a front keeps.
 *
 * What is left of the searches is spread in equal ratios from the last limit down to the smallest hardware that fits.
 * Where the design of the last limit is proven to be the best, its area takes the place of the limit: anything in
 * between would find it again. Where nothing was found within a limit (of latency, say), the rest goes between it and
 * the smallest design.
 *
 * @param searches Those that have ended, the first without a limit of its own.
 * @param points Searches in all.
 * @param smallestMm2 Where the front ends: area of the smallest hardware that runs the network, or more.
 * @returns `null` if there is nothing left to search.
 */
export function nextLimit(searches: readonly SearchedLimit[], points: number, smallestMm2: number): number | null {
  const left = points - searches.length;
  const found = searches.flatMap(({ areaMm2 }) => (areaMm2 === null ? [] : [areaMm2]));
  if (left <= 0 || found.length === 0) return null;
  const high = Math.min(...searches.map(reach));
  const failed = searches.flatMap(({ limitMm2, areaMm2 }) => (areaMm2 === null && limitMm2 !== null ? [limitMm2] : []));
  if (failed.length > 0) {
    const low = Math.max(...failed);
    if (high <= low * NARROW) return null;
    return roundedDown(high * (low / high) ** (1 / (left + 1)));
  }
  const least = roundedUp(smallestMm2);
  if (high <= least) return null;
  return left === 1 ? least : Math.max(least, roundedDown(high * (least / high) ** (1 / left)));
}

/** The area below which a search leaves everything open. */
function reach({ limitMm2, areaMm2, proven }: SearchedLimit): number {
  if (areaMm2 === null) return Number.POSITIVE_INFINITY;
  return limitMm2 === null || proven ? areaMm2 : limitMm2;
}

function roundedDown(value: number): number {
  const rounded = Number(value.toPrecision(DIGITS));
  return rounded <= value ? rounded : Number((rounded - unit(value)).toPrecision(DIGITS));
}

function roundedUp(value: number): number {
  const rounded = Number(value.toPrecision(DIGITS));
  return rounded >= value ? rounded : Number((rounded + unit(value)).toPrecision(DIGITS));
}

/** One in the last digit. */
function unit(value: number): number {
  return 10 ** (Math.floor(Math.log10(value)) + 1 - DIGITS);
}
