import {
  objectiveUnit,
  type PartRunner,
  type Progress,
  runSearch,
  type SearchMethod,
  type SearchResult,
} from "@loopnest/optimizers";
import { searchMethod } from "../plan/methods.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { type Hands, ownHands } from "../queue/hands.js";
import type { UnfinishedSearch } from "../run-folder/unfinished-search.js";
import { watchInterruption } from "../terminal/interruption.js";
import { progressLine } from "../terminal/progress-line.js";
import { forwardOnly, progressMerger } from "./merge-progress.js";
import { runParts, runWhole } from "./run-parts.js";

/** A search that has ended, and how. */
export interface SearchOutcome {
  readonly result: SearchResult;
  readonly interrupted: boolean;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly workers: number;
}

/**
 * Runs a search, or what is missing of it, with progress on standard error, until it ends or is interrupted.
 *
 * @param search Parts that it keeps as finished are not run again; finished ones are given to it to keep.
 * @param hands Who does it; threads of this machine, one per processor core, unless given.
 * @param onNews Is told of the search's progress, too.
 * @throws LoopnestError for a plan that cannot be searched.
 */
export async function runSearchPlan(
  search: UnfinishedSearch,
  hands: Hands = ownHands(),
  onNews: (progress: Progress) => void = () => {},
): Promise<SearchOutcome> {
  const { plan, finished, startedAt } = search;
  const method = await searchMethod(plan.method);
  const task = await searchTask(plan);
  const begin = performance.now();
  const line = progressLine(objectiveUnit(plan.objective.name));
  const interruption = watchInterruption(() => {
    line.end();
    process.stderr.write("stopping; press Ctrl-C again to give up what was found\n");
  });
  const parts = method.parts(task, plan.options);
  const resumable = keepingFinish(method, parts, search);
  // The last stage is kept under the number that follows those of the first round.
  let after = 0;
  const asJobs: PartRunner = (_method, _task, options, { signal, onProgress }) => {
    const before = after;
    const own = method.parts(task, options);
    after += own + 1;
    const merger = progressMerger(options.samples);
    for (const [part, { samples, best }] of finished)
      if (part >= before && part < before + own) merger.add(part, { samples, budget: options.samples, best });
    // Threads share what they make of a plan: it changes only where its options do.
    const round = options === plan.options ? plan : { ...plan, options };
    return runParts(round, own, {
      ...{ run: hands.run, finished, after: before },
      // What a part hands over is too large to keep: it is gone through again.
      onResult: async (part, result) => (result.handedOver === undefined ? search.keep(part, result) : undefined),
      signal: signal ?? interruption.signal,
      onProgress: (part, progress) => onProgress?.(merger.add(part, progress)),
    });
  };
  try {
    const onProgress = forwardOnly((progress) => {
      line.update(progress);
      onNews(progress);
    });
    const hooks = { signal: interruption.signal, onProgress };
    // What its parts hand over is too large to travel.
    const isWhole = hands.threads === null && method.handsOver === true;
    const result = isWhole
      ? ((await runWhole(plan, hands.run, interruption.signal)) ?? nothingOf(plan))
      : await runSearch(resumable, task, plan.options, hooks, asJobs);
    const workers = Math.min(hands.threads ?? parts, parts);
    const seconds = search.seconds + (performance.now() - begin) / 1000;
    return { result, interrupted: interruption.signal.aborted, startedAt, seconds, workers };
  } finally {
    interruption.release();
    line.end();
  }
}

/** What is known of a search that was given up. */
function nothingOf({ method, options: { seed } }: SearchPlan): SearchResult {
  return { method, seed, best: null, samples: 0, seconds: 0, convergence: [], stopped: true };
}

/** The method, its last stage kept as one more part: it is not run again once it has ended. */
function keepingFinish(method: SearchMethod, parts: number, { finished, keep }: UnfinishedSearch): SearchMethod {
  if (method.finish === undefined) return method;
  return {
    ...method,
    async finish(task, options, results, hooks) {
      const kept = finished.get(parts);
      if (kept !== undefined) return kept;
      const result = await method.finish!(task, options, results, hooks);
      if (!result.stopped) await keep(parts, result);
      return result;
    },
  };
}
