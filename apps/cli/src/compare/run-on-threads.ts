import { Worker } from "node:worker_threads";
import type { SearchResult } from "@loopnest/optimizers";
import { received } from "../jobs/worker-messages.js";
import type { FromCompareWorker, ToCompareWorker } from "./compare-messages.js";
import type { PlannedRun } from "./planned-run.js";

/** Built beside the program; this file is built into a folder below it. */
const WORKER_FILE = "../compare-worker.js";

/** How a run ended: with what it found, or with an error. */
export type RunOutcome = { readonly result: SearchResult } | { readonly error: Error };

export interface ThreadHooks {
  /** Ends all threads at once; runs that have not ended are lost. */
  readonly signal: AbortSignal;
  /** Seconds after which a run is asked for what it has; no limit if undefined. */
  readonly limit: (run: PlannedRun) => number | undefined;
  /** @param share Of its samples that a run has spent; `null` if it is not bounded by samples. */
  readonly onProgress: (run: PlannedRun, share: number | null) => void;
  /** Takes the outcome of a run; returns runs to be added. */
  readonly onEnd: (run: PlannedRun, outcome: RunOutcome) => Promise<readonly PlannedRun[]>;
}

/** Runs searches, each as a whole on one of several threads, in their order; and those that follow from them. */
export async function runOnThreads(runs: readonly PlannedRun[], threads: number, hooks: ThreadHooks): Promise<void> {
  const { signal, onEnd } = hooks;
  const queue = [...runs];
  let running = 0;
  let changed = deferred();

  const work = async () => {
    const thread = searchThread(hooks);
    try {
      while (!signal.aborted) {
        const run = queue.shift();
        if (run === undefined) {
          // What others are running may lead to more.
          if (running === 0) return;
          await changed.promise;
          continue;
        }
        running++;
        try {
          const outcome = await thread.run(run);
          if (outcome !== null) queue.push(...(await onEnd(run, outcome)));
        } finally {
          running--;
          changed.resolve();
          changed = deferred();
        }
      }
    } finally {
      await thread.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, runs.length) }, work));
}

/** A thread that runs one search at a time. */
function searchThread({ signal, limit, onProgress }: ThreadHooks) {
  const worker = new Worker(new URL(WORKER_FILE, import.meta.url));
  const tell = (message: ToCompareWorker) => worker.postMessage(message);
  return {
    /** Resolves to `null` if the thread was ended. */
    run: (run: PlannedRun) =>
      new Promise<RunOutcome | null>((done) => {
        const seconds = limit(run);
        const timer = seconds === undefined ? undefined : setTimeout(() => tell({ kind: "stop" }), seconds * 1000);
        const finish = (outcome: RunOutcome | null) => {
          clearTimeout(timer);
          signal.removeEventListener("abort", abort);
          worker.off("error", fail).off("message", hear);
          done(outcome);
        };
        const abort = () => finish(null);
        const fail = (error: unknown) => finish({ error: error as Error });
        const hear = (message: FromCompareWorker) => {
          if (message.kind === "progress") {
            onProgress(run, message.budget === null ? null : message.samples / message.budget);
          } else {
            finish(message.kind === "result" ? { result: message.result } : { error: received(message.error) });
          }
        };
        signal.addEventListener("abort", abort);
        worker.on("error", fail).on("message", hear);
        tell({ kind: "run", plan: run.plan });
      }),
    end: () => worker.terminate(),
  };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
