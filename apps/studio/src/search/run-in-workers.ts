import {
  type Design,
  type PartRunner,
  type Progress,
  runSearch,
  type SearchMethod,
  type SearchResult,
} from "@loopnest/optimizers";
import { methodOf } from "../order/methods.js";
import { type SearchOrder, taskOf } from "../order/search-order.js";
import { makeWorkerPool } from "./worker-pool.js";

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

  const onThreads: PartRunner = async (_method, _task, options, hooks) => {
    const merge = mergedProgress(options.samples);
    // A round has options, and parts, of its own.
    const round = options === order.options ? order : { ...order, options };
    const own = options === order.options ? parts : method.parts(task, options);
    const results = await Promise.all(
      Array.from({ length: own }, (_, part) =>
        pool.run({ kind: "part", order: round, part }, (progress) => hooks.onProgress?.(merge(part, progress))),
      ),
    );
    return results.filter((result) => result !== null);
  };
  const { finish } = method;
  const inBackground: SearchMethod = {
    ...method,
    ...(finish !== undefined && {
      async finish(_task, _options, results, hooks) {
        const told = (progress: Progress) => hooks.onProgress?.(progress);
        return (await pool.run({ kind: "finish", order, parts: results }, told))!;
      },
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
