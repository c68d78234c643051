import { Worker } from "node:worker_threads";
import type { Progress } from "@loopnest/optimizers";
import type { SearchPlan } from "../plan/search-plan.js";
import type { JobOutcome, SearchJob } from "./job.js";
import { type FromWorker, received, type ToWorker } from "./worker-messages.js";

/** Built beside the program; this file is built into a folder below it. */
const WORKER_FILE = "../worker.js";

/** A thread that does one job at a time. */
export interface JobThread {
  /** Whether it can do another job: an error that nobody caught, or too little memory, ends a thread. */
  readonly alive: boolean;
  run(job: SearchJob, onProgress: (progress: Progress) => void): Promise<JobOutcome>;
  /** Asks the job for what it has. */
  stop(): void;
  /** Ends the thread; the job that it does is given up. */
  end(): Promise<unknown>;
}

export function startJobThread(): JobThread {
  const worker = new Worker(new URL(WORKER_FILE, import.meta.url));
  const tell = (message: ToWorker) => worker.postMessage(message);
  let alive = true;
  let told: SearchPlan | undefined;
  let news: (progress: Progress) => void = () => {};
  let settle: (outcome: JobOutcome) => void = () => {};
  worker.on("message", (message: FromWorker) => {
    if (message.kind === "progress") news(message.progress);
    else settle(message.kind === "answer" ? message.answer : { error: received(message.error) });
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
    run({ plan, part, wants }, onProgress) {
      return new Promise((done) => {
        news = onProgress;
        settle = done;
        if (!alive) return done(null);
        // Jobs of one plan share what it takes long to make of it.
        if (plan !== told) tell({ kind: "plan", plan });
        told = plan;
        tell({ kind: "run", job: { ...(part !== undefined && { part }), ...(wants && { wants }) } });
      });
    },
    stop: () => tell({ kind: "stop" }),
    end: () => worker.terminate(),
  };
}
