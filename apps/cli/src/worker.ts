import { parentPort } from "node:worker_threads";
import { type JobDoer, jobDoer } from "./jobs/do-job.js";
import { type FromWorker, sendable, type ToWorker } from "./jobs/worker-messages.js";

// The thread that does jobs, one after the other, as it is told.
const tell = (message: FromWorker) => parentPort!.postMessage(message);
let doer: Promise<JobDoer> | undefined;
let stop = new AbortController();

parentPort!.on("message", async (message: ToWorker) => {
  if (message.kind === "stop") return stop.abort();
  if (message.kind === "plan") {
    doer = jobDoer(message.plan);
    // Whoever runs a job hears of it.
    doer.catch(() => {});
    return;
  }
  stop = new AbortController();
  try {
    const doJob = await doer!;
    const onProgress: Parameters<JobDoer>[1]["onProgress"] = (progress) => tell({ kind: "progress", progress });
    tell({ kind: "answer", answer: await doJob(message.job, { signal: stop.signal, onProgress }) });
  } catch (error) {
    tell({ kind: "error", error: sendable(error) });
  }
});
