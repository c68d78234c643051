import type { SearchResult } from "@loopnest/optimizers";
import type { PointFigures } from "@loopnest/sweep";
import type { SearchPlan } from "../plan/search-plan.js";

/** A piece of work that some worker does by itself, as plain data: a search, or one part of it. */
export interface SearchJob {
  readonly plan: SearchPlan;
  /** Of the parts that the plan's method parts a search into; all of them, in turn, unless given. */
  readonly part?: number;
  /** Whether the figures of what it finds are wanted, too, computed where the job is done. */
  readonly figures?: boolean;
}

/** What a job has found. */
export interface JobAnswer {
  readonly result: SearchResult;
  /** If they are wanted. */
  readonly figures?: PointFigures;
}

/** How a job ended: with what it found, or with an error; `null` if it was given up. */
export type JobOutcome = JobAnswer | { readonly error: Error } | null;
