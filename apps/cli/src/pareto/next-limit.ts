/** A search of the front, when it has ended. */
export interface SearchedLimit {
  /** No limit if `null`. */
  readonly limitMm2: number | null;
  /** Of the design that was found; `null` if none was. */
  readonly areaMm2: number | null;
  /** Of the objective; `null` if nothing was found. */
  readonly value: number | null;
  /** Whether it is proven that no design within the limit is better. */
  readonly proven: boolean;
}

/** Where a front ends. */
export interface FrontEnd {
  /** Area of the smallest hardware that runs the network, or what was asked for. */
  readonly areaMm2: number;
  /** Whether it was asked for: else the front ends where designs are too bad to be built. */
  readonly asked: boolean;
}

/** Limits are given to people: four significant digits. */
const DIGITS = 4;
/** Limits nearer than this to one that nothing fits in, or that was searched, tell nothing new. */
const NARROW = 1.01;
/** How much smaller each of the first areas is, which look for the end of the front. */
const STRIDE = 4;
/** Designs this many times worse than the best are not worth a point. */
const WORST = 10;

/** A place on the front where another limit may go. */
interface Gap {
  /** Limits below this one leave something open. */
  readonly high: number;
  readonly low: number;
  /**
   * How far apart the designs on both sides are: ratios of area and of value; no value where nothing was found below.
   */
  readonly areas: number;
  readonly values: number | null;
}

/**
 * The area limit that the next search of a front keeps.
 *
 * First the front is measured: ever smaller areas, until designs are ten times worse than the best, or down to the end
 * where one was asked for. Then the limit goes, in equal ratios, into the gap between neighbouring designs that is
 * largest in both figures: the ratios of areas and of values, in logs, each relative to those of the whole front. So
 * points gather where the front bends. Where a design is proven to be the best within its limit, the gap begins below
 * its area: anything in between would find it again. Below the smallest design lies the largest limit in which nothing
 * fits, if there is one.
 *
 * @param searches Those that have ended, the first without a limit of its own.
 * @param points Searches in all.
 * @returns `null` if there is nothing left to search.
 */
export function nextLimit(searches: readonly SearchedLimit[], points: number, end: FrontEnd): number | null {
  const found = searches.filter(isFound).sort((a, b) => bound(b) - bound(a));
  if (searches.length >= points || found.length === 0) return null;
  const least = roundedUp(end.areaMm2);
  const last = found.at(-1)!;
  // What was found within less says that something would have fitted.
  const failed = searches.flatMap(({ limitMm2, areaMm2 }) => (areaMm2 === null && limitMm2 !== null ? [limitMm2] : []));
  const open = failed.filter((limit) => limit < Math.min(...found.map(({ areaMm2 }) => areaMm2)));
  const floor = open.length > 0 ? Math.max(...open) : null;
  const best = Math.min(...found.map(({ value }) => value));
  if (floor === null && reach(last) > least) {
    if (end.asked && points - searches.length >= 1 && found.length === 1) return least;
    const tooBad = Math.max(...found.map(({ value }) => value)) > WORST * best;
    if (!end.asked && !tooBad) return Math.max(least, roundedDown(reach(last) / STRIDE));
  }
  const worst = end.asked ? Number.POSITIVE_INFINITY : WORST * best;
  const gaps = gapsOf(found, floor, worst).filter(({ high, low }) => high > low * NARROW);
  if (gaps.length === 0) return null;
  const most = (of: (gap: Gap) => number) => Math.max(...gaps.map(of), 1e-12);
  const areas = most((gap) => Math.log(gap.areas));
  const values = most((gap) => Math.log(gap.values ?? 1));
  const size = (gap: Gap) =>
    Math.hypot(Math.log(gap.areas) / areas, gap.values === null ? 1 : Math.log(gap.values) / values);
  const widest = gaps.reduce((a, b) => (size(b) > size(a) ? b : a));
  return roundedDown(Math.sqrt(widest.high * widest.low));
}

type FoundLimit = SearchedLimit & { readonly areaMm2: number; readonly value: number };

function isFound(search: SearchedLimit): search is FoundLimit {
  return search.areaMm2 !== null && search.value !== null;
}

/**
 * Gaps between neighbours, from the largest area to the smallest, and below the last where nothing fits; none of values
 * beyond the worst.
 */
function gapsOf(found: readonly FoundLimit[], floor: number | null, worst: number): Gap[] {
  return found.flatMap((upper, i): Gap[] => {
    if (upper.value > worst) return [];
    const lower = found[i + 1];
    const high = reach(upper);
    if (lower === undefined) {
      return floor === null ? [] : [{ high, low: floor, areas: Math.max(1, high / floor), values: null }];
    }
    const values = Math.max(1, Math.min(lower.value, worst) / upper.value);
    return [{ high, low: bound(lower), areas: Math.max(1, high / lower.areaMm2), values }];
  });
}

/** The area below which a search leaves everything open. */
function reach({ limitMm2, areaMm2, proven }: FoundLimit): number {
  return limitMm2 === null || proven ? areaMm2 : limitMm2;
}

/** The area from which on a search leaves something open. */
function bound({ limitMm2, areaMm2 }: FoundLimit): number {
  return limitMm2 ?? areaMm2;
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
