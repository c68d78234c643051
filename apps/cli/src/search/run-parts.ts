import type { Progress, SearchResult } from "@loopnest/optimizers";
import type { JobOutcome, SearchJob } from "../jobs/job.js";
import type { JobRunner } from "../jobs/run-jobs.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { partialResult } from "./partial-result.js";

/** How long a part may take to give back what it has when it is asked to stop; then its last news counts. */
const GRACE_MS = 2000;

export interface RunPartsHooks {
  readonly run: JobRunner;
  /** Parts of earlier rounds: the numbers of these begin after them. */
  readonly after: number;
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
 * Runs the parts of a search, or of a round of it, as jobs.
 *
 * @param plan Its options are those of the round.
 * @returns The parts' results in the order of the parts, without those that had not started when the search was
 * stopped. They do not depend on who runs them, and how many there are.
 * @throws What a part throws; the others are ended.
 */
export async function runParts(
  plan: SearchPlan,
  parts: number,
  { run, after, finished, signal, onProgress, onResult }: RunPartsHooks,
): Promise<SearchResult[]> {
  const results = Array.from({ length: parts }, (_, part) => finished.get(after + part));
  const missing = results.flatMap((result, part) => (result === undefined ? [{ plan, part }] : []));
  const latest = new Map<number, Progress>();
  const started = performance.now();
  await run(missing, {
    ...{ signal, graceMs: GRACE_MS },
    onProgress({ part }, progress) {
      latest.set(part, progress);
      onProgress(after + part, progress);
    },
    async onEnd({ part }, outcome) {
      const result = resultOf(outcome);
      if (result === null) {
        const progress = latest.get(part);
        if (progress !== undefined) results[part] = partialResult(plan, progress, (performance.now() - started) / 1000);
        return [];
      }
      results[part] = result;
      // Of one that ran elsewhere these are the first news.
      const { samples, best } = result;
      if (!latest.has(part)) onProgress(after + part, { samples, best, budget: plan.options.samples });
      if (!result.stopped) await onResult(after + part, result);
      return [];
    },
  });
  return results.filter((result) => result !== undefined);
}

/**
 * Runs a search as one job, with all that follows from its parts. @returns `null` if it was stopped. @throws What it
 * throws.
 */
export async function runWhole(plan: SearchPlan, run: JobRunner, signal: AbortSignal): Promise<SearchResult | null> {
  let result: SearchResult | null = null;
  const onEnd = async (_: SearchJob, outcome: JobOutcome) => {
    result = resultOf(outcome);
    return [];
  };
  await run([{ plan }], { signal, onEnd });
  return result;
}

function resultOf(outcome: JobOutcome): SearchResult | null {
  if (outcome === null) return null;
  if ("error" in outcome) throw outcome.error;
  return outcome.result;
}
