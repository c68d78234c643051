import type { Progress, SearchResult } from "@loopnest/optimizers";
import { runJobs } from "../jobs/run-jobs.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { partialResult } from "./partial-result.js";

/** How long a part may take to give back what it has when it is asked to stop; then its last news counts. */
const GRACE_MS = 2000;

export interface RunPartsHooks {
  /** Threads at most. */
  readonly workers: number;
  /** Results of parts that need not run. */
  readonly finished: ReadonlyMap<number, SearchResult>;
  /** Takes the result of a part that has run to its end. */
  readonly onResult: (part: number, result: SearchResult) => Promise<void>;
  /** Asks to stop: running parts give back what they have, the others do not start. */
  readonly signal: AbortSignal;
  /** News from a part. */
  readonly onProgress: (part: number, progress: Progress) => void;
}

/**
 * Runs the parts of a search as jobs on worker threads.
 *
 * @returns The parts' results in the order of the parts, without those that had not started when the search was
 * stopped. They do not depend on how many workers there are.
 * @throws What a part throws; the others are ended.
 */
export async function runParts(
  plan: SearchPlan,
  parts: number,
  { workers, finished, signal, onProgress, onResult }: RunPartsHooks,
): Promise<SearchResult[]> {
  const results = Array.from({ length: parts }, (_, part) => finished.get(part));
  const missing = results.flatMap((result, part) => (result === undefined ? [{ plan, part }] : []));
  const latest = new Map<number, Progress>();
  const started = performance.now();
  await runJobs(missing, workers, {
    ...{ signal, graceMs: GRACE_MS },
    onProgress({ part }, progress) {
      latest.set(part, progress);
      onProgress(part, progress);
    },
    async onEnd({ part }, outcome) {
      if (outcome === null) {
        const progress = latest.get(part);
        if (progress !== undefined) results[part] = partialResult(plan, progress, (performance.now() - started) / 1000);
      } else if ("error" in outcome) {
        throw outcome.error;
      } else {
        results[part] = outcome.result;
        if (!outcome.result.stopped) await onResult(part, outcome.result);
      }
      return [];
    },
  });
  return results.filter((result) => result !== undefined);
}
