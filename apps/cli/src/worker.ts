import { parentPort } from "node:worker_threads";
import { type JobDoer, jobDoer } from "./jobs/do-job.js";
import { sentAnswer } from "./jobs/sent-answer.js";
import { type FromWorker, sendable, type ToWorker } from "./jobs/worker-messages.js";
import type { SearchInputs } from "./plan/search-plan.js";

// The thread that does jobs, one after the other, as it is told.
const tell = (message: FromWorker) => parentPort!.postMessage(message);
let inputs: SearchInputs;
let doer: Promise<JobDoer>;
let stop = new AbortController();

parentPort!.on("message", async (message: ToWorker) => {
  if (message.kind === "stop") return stop.abort();
  if (message.kind === "inputs") {
    inputs = message.inputs;
    doer = jobDoer(inputs);
    // Whoever runs a job hears of it.
    doer.catch(() => {});
    return;
  }
  const { search, wantsNews, ...job } = message;
  stop = new AbortController();
  try {
    const doJob = await doer;
    const answer = await doJob(
      { ...job, plan: { ...search, inputs } },
      {
        signal: stop.signal,
        ...(wantsNews && { onProgress: (progress) => tell({ kind: "progress", progress }) }),
      },
    );
    if (answer.figures === undefined) tell({ kind: "answer", answer });
    else tell({ kind: "sent", sent: sentAnswer(answer, job.wants) });
  } catch (error) {
    tell({ kind: "error", error: sendable(error) });
  }
});
