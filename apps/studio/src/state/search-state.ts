import type { ErrorData } from "@loopnest/mapspace";
import type { ConvergencePoint, Design, ObjectiveName, Progress } from "@loopnest/optimizers";

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
  /** Improvements, oldest first. */
  readonly convergence: readonly ConvergencePoint[];
  readonly fault: ErrorData | null;
}

/** A search that has just begun. */
export function beginSearch(objective: ObjectiveName): SearchState {
  const none = { samples: 0, budget: null, seconds: 0, best: null, lowerBound: null, convergence: [], fault: null };
  return { status: "running", objective, ...none };
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
    ...(improves && {
      best,
      convergence: [...search.convergence, { samples: spent, seconds, value: best.value }],
    }),
  };
}
