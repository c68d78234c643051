import { Worker } from "node:worker_threads";
import type { Progress } from "@loopnest/optimizers";
import type { SearchInputs } from "../plan/search-plan.js";
import type { JobOutcome, SearchJob } from "./job.js";
import { receivedAnswer } from "./sent-answer.js";
import { type FromWorker, received, type ToWorker } from "./worker-messages.js";

/** Built beside the program; this file is built into a folder below it. */
const WORKER_FILE = "../worker.js";

/** A thread that does one job at a time. */
export interface JobThread {
  /** Whether it can do another job: an error that nobody caught, or too little memory, ends a thread. */
  readonly alive: boolean;
  run(job: SearchJob, onProgress?: (progress: Progress) => void): Promise<JobOutcome>;
  /** Asks the job for what it has. */
  stop(): void;
  /** Ends the thread; the job that it does is given up. */
  end(): Promise<unknown>;
}

export function startJobThread(): JobThread {
  const worker = new Worker(new URL(WORKER_FILE, import.meta.url));
  const tell = (message: ToWorker) => worker.postMessage(message);
  let alive = true;
  let told: SearchInputs | undefined;
  let news: ((progress: Progress) => void) | undefined;
  let settle: (outcome: JobOutcome) => void = () => {};
  worker.on("message", (message: FromWorker) => {
    if (message.kind === "progress") news?.(message.progress);
    else if (message.kind === "answer") settle(message.answer);
    else settle(message.kind === "sent" ? receivedAnswer(message.sent) : { error: received(message.error) });
  });
  worker.on("error", (error: Error) => {
    alive = false;
    settle({ error });
  });
  worker.on("exit", () => {
    alive = false;
    settle(null);
  });
  return {
    get alive() {
      return alive;
    },
    run({ plan: { inputs, ...search }, part, wants }, onProgress) {
      return new Promise((done) => {
        news = onProgress;
        settle = done;
        if (!alive) return done(null);
        if (inputs !== told) tell({ kind: "inputs", inputs });
        told = inputs;
        const job = { ...(part !== undefined && { part }), ...(wants && { wants }) };
        tell({ kind: "run", search, ...job, wantsNews: onProgress !== undefined });
      });
    },
    stop: () => tell({ kind: "stop" }),
    end: () => worker.terminate(),
  };
}
