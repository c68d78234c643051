import { type FoundSearch, type FrontSearch, foundSearches, kneeOf } from "@loopnest/report";
import type { FrontResult } from "./front-result.js";
import { bestWithin, nondominated } from "./nondominated.js";

/** A search before it is known what the others have found. */
export type EndedSearch = Omit<FrontSearch, "best">;

/**
 * Says of every search whose design is the best known within its limit: where one under a tighter limit has found a
 * better design, that one takes its place, so that a front never rises. And which designs no other one beats.
 */
export function judgeFront(ended: readonly EndedSearch[]): Pick<FrontResult, "searches" | "front" | "knee"> {
  const found = foundSearches(ended.map((one) => ({ ...one, best: null })));
  const designs = found.map(({ design }) => design);
  const searches = ended.map((one): FrontSearch => {
    const best = found[bestWithin(designs, one.limitMm2 ?? Number.POSITIVE_INFINITY)];
    return { ...one, best: one.design === null ? null : (best?.name ?? null) };
  });
  const front = nondominated(designs).map((i) => (found[i] as FoundSearch).name);
  return { searches, front, knee: kneeOf({ searches, front }) };
}
