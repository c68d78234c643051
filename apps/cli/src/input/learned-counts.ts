import type { Counts } from "@loopnest/mapspace";

/** Learned models are trained on, and correct, the exact model with these counts. */
export const LEARNED_COUNTS: Counts = "timeloop-2022";
