import { Worker } from "node:worker_threads";
import type { Progress, SearchResult } from "@loopnest/optimizers";
import type { SearchPlan } from "../plan/search-plan.js";
import { partialResult } from "./partial-result.js";
import { type FromWorker, received, type ToWorker } from "./worker-messages.js";

/** Built beside the program; this file is built into a folder below it. */
const WORKER_FILE = "../search-worker.js";

/** How long a part may take to give back what it has when it is asked to stop; then its last news counts. */
const GRACE_MS = 2000;

export interface RunPartsHooks {
  /** Results of parts that need not run. */
  readonly finished: ReadonlyMap<number, SearchResult>;
  /** Takes the result of a part that has run to its end; the next part waits for it. */
  readonly onResult: (part: number, result: SearchResult) => Promise<void>;
  /** Asks to stop: running parts give back what they have, the others do not start. */
  readonly signal: AbortSignal;
  /** News from a part. */
  readonly onProgress: (part: number, progress: Progress) => void;
}

/**
 * Runs the parts of a search on worker threads, each taking the next part when it is free.
 *
 * @returns The parts' results in the order of the parts, without those that had not started when the search was stopped. They do
 * not depend on how many workers there are.
 * @throws What a part throws; the others are ended.
 */
export async function runParts(
  plan: SearchPlan,
  parts: number,
  workers: number,
  { finished, signal, onProgress, onResult }: RunPartsHooks,
): Promise<SearchResult[]> {
  const results = Array.from({ length: parts }, (_, part) => finished.get(part));
  const missing = results.flatMap((result, part) => (result === undefined ? [part] : []));
  const latest: (Progress | undefined)[] = [];
  const started = performance.now();
  const threads: Worker[] = [];

  const thread = () =>
    new Promise<void>((done, fail) => {
      const worker = new Worker(new URL(WORKER_FILE, import.meta.url), { workerData: plan });
      threads.push(worker);
      const tell = (message: ToWorker) => worker.postMessage(message);
      let running = -1;
      let grace: NodeJS.Timeout | undefined;
      const end = () => {
        clearTimeout(grace);
        signal.removeEventListener("abort", stop);
        done();
      };
      const proceed = () => {
        const next = signal.aborted ? undefined : missing.shift();
        if (next === undefined) return end();
        running = next;
        tell({ kind: "run", part: running });
      };
      const stop = () => {
        tell({ kind: "stop" });
        grace = setTimeout(() => {
          const progress = latest[running];
          const seconds = (performance.now() - started) / 1000;
          if (progress !== undefined)
            results[running] = partialResult(plan.method, plan.options.seed, progress, seconds);
          end();
        }, GRACE_MS);
      };
      signal.addEventListener("abort", stop);
      worker.on("error", fail);
      worker.on("message", (message: FromWorker) => {
        if (message.kind === "progress") {
          latest[message.part] = message.progress;
          onProgress(message.part, message.progress);
        } else if (message.kind === "result") {
          results[message.part] = message.result;
          if (message.result.stopped) proceed();
          else onResult(message.part, message.result).then(proceed, fail);
        } else {
          fail(received(message.error));
        }
      });
      proceed();
    });

  try {
    await Promise.all(Array.from({ length: Math.min(workers, missing.length) }, thread));
  } finally {
    await Promise.all(threads.map((worker) => worker.terminate()));
  }
  return results.filter((result) => result !== undefined);
}
