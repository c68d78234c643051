import { parentPort, workerData } from "node:worker_threads";
import { type FromWorker, sendable, type ToWorker } from "./jobs/worker-messages.js";
import { searchMethod } from "./plan/methods.js";
import type { SearchPlan } from "./plan/search-plan.js";
import { searchTask } from "./plan/search-task.js";

// The thread that runs parts of a search, one after the other, as it is told.
const plan = workerData as SearchPlan;
const stop = new AbortController();
const tell = (message: FromWorker) => parentPort!.postMessage(message);
const ready = searchMethod(plan.method).then(async (method) => ({ method, task: await searchTask(plan) }));

parentPort!.on("message", async (message: ToWorker) => {
  if (message.kind === "stop") return stop.abort();
  const { part } = message;
  try {
    const { method, task } = await ready;
    const result = await method.run(task, plan.options, part, {
      signal: stop.signal,
      onProgress: (progress) => tell({ kind: "progress", part, progress }),
    });
    tell({ kind: "result", part, result });
  } catch (error) {
    tell({ kind: "error", part, error: sendable(error) });
  }
});
