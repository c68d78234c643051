import { type Spread, spread } from "../numbers/statistics.js";

/** An improvement: from `at` on (samples, or seconds), the best is `value`. */
export interface Improvement {
  readonly at: number;
  readonly value: number;
}

/** How one run came to its best. */
export interface Course {
  /** Oldest first, values falling. */
  readonly improvements: readonly Improvement[];
  /** Where the run ended; the best stays what it is. */
  readonly end: number;
}

/** Best values of several runs at one place: of those with other seeds. */
export interface BandPoint extends Spread {
  readonly at: number;
}

/** Points of a band that are closer than this are not drawn apart on a log axis. */
const LEAST_STEP = 1.02;

/** The best value at a place; `Infinity` before there is any. */
export function bestAt({ improvements }: Course, at: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const improvement of improvements) {
    if (improvement.at > at) break;
    best = improvement.value;
  }
  return best;
}

/**
 * Median and range of several runs' best values, from where every run has one to where the last run ends: a step at
 * every improvement of any of them, thinned where steps are too close to see.
 *
 * @param leastStep Quotient of neighbouring places at least; the first and the last place are always there.
 */
export function band(courses: readonly Course[], leastStep = LEAST_STEP): BandPoint[] {
  if (courses.length === 0 || courses.some(({ improvements }) => improvements.length === 0)) return [];
  const first = Math.max(...courses.map(({ improvements }) => improvements[0]!.at));
  const last = Math.max(first, ...courses.map(({ end }) => end));
  const places = [...new Set(courses.flatMap(({ improvements }) => improvements.map(({ at }) => at)))]
    .filter((at) => at > first && at < last)
    .sort((a, b) => a - b);
  const chosen = [first];
  for (const at of places) if (at >= chosen.at(-1)! * leastStep) chosen.push(at);
  if (last > first) chosen.push(last);
  return chosen.map((at) => ({ at, ...spread(courses.map((course) => bestAt(course, at))) }));
}
