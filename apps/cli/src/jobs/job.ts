import type { SearchResult } from "@loopnest/optimizers";
import type { PointFigures } from "@loopnest/sweep";
import type { SearchPlan } from "../plan/search-plan.js";

/** A piece of work that some worker does by itself, as plain data: a search, or one part of it. */
export interface SearchJob {
  readonly plan: SearchPlan;
  /** Of the parts that the plan's method parts a search into; all of them, in turn, unless given. */
  readonly part?: number;
  /**
   * What is to be told of what it finds: the design itself (unless given), its figures, computed where the job is done,
   * or both.
   */
  readonly wants?: "result" | "figures" | "both";
}

/** What a job has found. */
export interface JobAnswer {
  /** Asking for it is a mistake where only figures were wanted. */
  readonly result: SearchResult;
  /** If they are wanted. */
  readonly figures?: PointFigures | undefined;
  /** As it has travelled, if it has, and who gave it. */
  readonly sent?: SentAnswer;
  readonly by?: string;
}

/** What a job has found, as it travels and is kept: what is the same wherever it ran, apart from what is not. */
export interface SentAnswer {
  /** JSON of the answer without any time in it: two runs of a job have the same one. */
  readonly text: string;
  readonly seconds: number;
  /** Of every improvement. */
  readonly convergenceSeconds: readonly number[];
  /** Whether the search was stopped by its limit: then another run may have another answer. */
  readonly stopped: boolean;
}

/** How a job ended: with what it found, or with an error; `null` if it was given up. */
export type JobOutcome = JobAnswer | { readonly error: Error; readonly by?: string } | null;
