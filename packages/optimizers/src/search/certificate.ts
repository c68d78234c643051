import type { Design, SearchResult } from "./task.js";

/**
 * What a proven bound says of a design: the bound, and how far above it the design stands (0 if rounding makes it
 * less).
 *
 * @param lowerBound A value that no design can beat; nothing is certified without one. It may be infinite where nothing
 * fits.
 */
export function certificate(
  best: Design | null,
  lowerBound: number | undefined,
): Pick<SearchResult, "lowerBound" | "gap"> {
  if (lowerBound === undefined) return {};
  if (best === null) return Number.isFinite(lowerBound) ? { lowerBound } : {};
  return { lowerBound, gap: Math.max(0, best.value / lowerBound - 1) };
}
