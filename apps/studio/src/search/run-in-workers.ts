import {
  type Design,
  type PartRunner,
  type Progress,
  runSearch,
  type SearchHooks,
  type SearchMethod,
  type SearchOptions,
  type SearchResult,
  type SearchTask,
} from "@loopnest/optimizers";
import { methodOf } from "../order/methods.js";
import { type SearchOrder, taskOf } from "../order/search-order.js";
import { type Job, makeWorkerPool } from "./worker-pool.js";

/** A search that runs in the background. */
export interface RunningSearch {
  /**
   * Settles with the answer, or the best so far if it was stopped; rejects with LoopnestError where nothing can be
   * searched.
   */
  readonly ended: Promise<SearchResult>;
  pause(): void;
  goOn(): void;
  stop(): void;
}

/** Starts a search on all cores. Parts are combined in their order: the answer is that of the command line. */
export function runInWorkers(order: SearchOrder, onProgress: (progress: Progress) => void): RunningSearch {
  const method = methodOf(order.method);
  const task = taskOf(order);
  const parts = method.parts(task, order.options);
  const pool = makeWorkerPool(Math.max(1, Math.min(parts, navigator.hardwareConcurrency || 2)));
  const controller = new AbortController();

  // A round has options of its own, a search for the smallest design within a share another objective.
  const orderOf = ({ objective, fixed }: SearchTask, options: SearchOptions): SearchOrder => ({
    ...order,
    ...{ objective, fixed, options },
  });
  const onThreads: PartRunner = async (_method, own, options, hooks) => {
    const merge = mergedProgress(options.samples);
    const round = orderOf(own, options);
    const results = await Promise.all(
      Array.from({ length: method.parts(own, options) }, (_, part) =>
        controller.signal.aborted
          ? null
          : pool.run({ kind: "part", order: round, part }, (progress) => hooks.onProgress?.(merge(part, progress))),
      ),
    );
    return results.filter((result) => result !== null);
  };
  const ask = async (job: Job, { onProgress: told = () => {} }: SearchHooks) => (await pool.run(job, told))!;
  const inBackground: SearchMethod = {
    ...method,
    run: (own, options, part, hooks) => ask({ kind: "part", order: orderOf(own, options), part }, hooks),
    ...(method.finish !== undefined && {
      finish: (own, options, results, hooks) =>
        ask({ kind: "finish", order: orderOf(own, options), parts: results }, hooks),
    }),
    ...(method.goOn !== undefined && {
      goOn: (own, options, design, results, hooks) =>
        ask({ kind: "from design", order: orderOf(own, options), design, parts: results }, hooks),
    }),
  };
  const ended = runSearch(inBackground, task, order.options, { signal: controller.signal, onProgress }, onThreads);
  return {
    ended: ended.finally(() => pool.close()),
    pause: () => pool.tell("hold"),
    goOn: () => pool.tell("go on"),
    stop() {
      controller.abort();
      pool.tell("stop");
    },
  };
}

/** News of the whole from the news of its parts. */
function mergedProgress(budget: number): (part: number, progress: Progress) => Progress {
  const samples: number[] = [];
  let best: Design | null = null;
  return (part, progress) => {
    samples[part] = Math.max(samples[part] ?? 0, progress.samples);
    if (progress.best !== null && (best === null || progress.best.value < best.value)) best = progress.best;
    const spent = samples.reduce((sum, own) => sum + own, 0);
    return { ...progress, best, samples: spent, budget: progress.budget === null ? null : budget };
  };
}
