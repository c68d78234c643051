import { LoopnestError } from "@loopnest/mapspace";
import type { Progress, SearchResult } from "@loopnest/optimizers";
import type { FromWorker, ToWorker } from "./worker-messages.js";

/** Something a worker is to do. */
export type Job = Extract<ToWorker, { order: unknown }>;

/** Workers of one search. */
export interface WorkerPool {
  /** Does a job on a worker as soon as one is free; `null` if the search was stopped while it waited. */
  run(job: Job, onProgress: (progress: Progress) => void): Promise<SearchResult | null>;
  /** Tells all workers, also those that come later, to stop, to hold, or to go on. */
  tell(kind: "stop" | "hold" | "go on"): void;
  close(): void;
}

/** @param most Workers at once. */
export function makeWorkerPool(most: number): WorkerPool {
  const workers: Worker[] = [];
  const idle: Worker[] = [];
  const waiting: ((worker: Worker | null) => void)[] = [];
  let stopped = false;
  let holds = false;

  const taken = (): Promise<Worker | null> => {
    const free = idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (workers.length >= most) return new Promise((take) => waiting.push(take));
    const worker = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
    workers.push(worker);
    return Promise.resolve(worker);
  };
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };

  return {
    async run(job, onProgress) {
      const worker = await taken();
      if (worker === null) return null;
      if (holds) worker.postMessage({ kind: "hold" } satisfies ToWorker);
      try {
        const answer = ask(worker, job, onProgress);
        // What is asked of a search that was stopped hears of it, too: it concludes at once.
        if (stopped) worker.postMessage({ kind: "stop" } satisfies ToWorker);
        return await answer;
      } finally {
        give(worker);
      }
    },
    tell(kind) {
      if (kind === "stop") {
        stopped = true;
        for (const take of waiting.splice(0)) take(null);
      } else holds = kind === "hold";
      for (const worker of workers) worker.postMessage({ kind } satisfies ToWorker);
    },
    close() {
      for (const worker of workers) worker.terminate();
    },
  };
}

function ask(worker: Worker, job: Job, onProgress: (progress: Progress) => void): Promise<SearchResult> {
  return new Promise((done, fail) => {
    worker.onerror = (event) => fail(new Error(event.message || "a worker did not start"));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "progress") onProgress(data.progress);
      else if (data.kind === "result") done(data.result);
      else fail(new LoopnestError(data.fault));
    };
    worker.postMessage(job);
  });
}
