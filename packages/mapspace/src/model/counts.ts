/**
 * Whose counting is meant. Both are Timeloop's, artefacts included:
 *
 * - `timeloop-2025`: timeloop-model of March 2025, which people run today. A step that does not move a tile fetches
 *   nothing, so that a halo survives an irrelevant loop inside that of its window; first visits of outputs are no
 *   fills.
 * - `timeloop-2022`: the version of July 2022, which DOSA's published numbers come from.
 */
export type Counts = "timeloop-2025" | "timeloop-2022";

/** All of them, the default first. */
export const countsNames: readonly Counts[] = ["timeloop-2025", "timeloop-2022"];

/** What is counted unless something else is asked for. */
export const defaultCounts: Counts = "timeloop-2025";
