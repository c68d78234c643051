import type { ErrorData } from "@loopnest/mapspace";
import type {
  ConvergencePoint,
  Design,
  ObjectiveName,
  Progress,
  SearchResult,
  WithinResult,
} from "@loopnest/optimizers";

/** What is known of a search while it runs and after. */
export interface SearchState {
  readonly status: "running" | "paused" | "finished" | "stopped" | "failed";
  readonly objective: ObjectiveName;
  readonly samples: number;
  /** `null` if samples do not bound it. */
  readonly budget: number | null;
  readonly seconds: number;
  readonly best: Design | null;
  readonly lowerBound: number | null;
  /** What was proven that no design is below, oldest first. */
  readonly proven: readonly { readonly seconds: number; readonly value: number }[];
  /** Of a search for the smallest design within a share of the best value, which `best` is then. */
  readonly within: WithinResult | null;
  /** Improvements, oldest first. */
  readonly convergence: readonly ConvergencePoint[];
  readonly fault: ErrorData | null;
}

/** A search that has just begun. */
export function beginSearch(objective: ObjectiveName): SearchState {
  const none = { best: null, lowerBound: null, within: null, fault: null };
  return { status: "running", objective, samples: 0, budget: null, seconds: 0, convergence: [], proven: [], ...none };
}

/** The search after news: what was spent, found or proven once is never taken back. */
export function withNews(
  search: SearchState,
  { samples, budget, best, lowerBound }: Progress,
  seconds: number,
): SearchState {
  const spent = Math.max(search.samples, samples);
  const improves = best !== null && (search.best === null || best.value < search.best.value);
  const bound = Math.max(search.lowerBound ?? 0, lowerBound ?? 0);
  return {
    ...search,
    ...{ samples: spent, budget, seconds },
    lowerBound: bound > 0 ? bound : null,
    ...(bound > (search.lowerBound ?? 0) && { proven: [...search.proven, { seconds, value: bound }] }),
    ...(improves && {
      best,
      convergence: [...search.convergence, { samples: spent, seconds, value: best.value }],
    }),
  };
}

/** The search with its answer: its best is the design that was asked for, which need not be the one of best value. */
export function withAnswer(search: SearchState, found: SearchResult, seconds: number): SearchState {
  const told = withNews(search, { ...found, budget: search.budget }, seconds);
  const status = found.stopped ? "stopped" : "finished";
  return { ...told, status, ...(found.within !== undefined && { best: found.best, within: found.within }) };
}
