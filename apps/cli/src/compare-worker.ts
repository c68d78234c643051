import { parentPort } from "node:worker_threads";
import { runSearch } from "@loopnest/optimizers";
import type { FromCompareWorker, ToCompareWorker } from "./compare/compare-messages.js";
import { sendable } from "./jobs/worker-messages.js";
import { searchMethod } from "./plan/methods.js";
import { searchTask } from "./plan/search-task.js";

// The thread that runs whole searches of a comparison, all parts in turn, as it is told: so their seconds are those of one thread.
let stop = new AbortController();
const tell = (message: FromCompareWorker) => parentPort!.postMessage(message);

parentPort!.on("message", async (message: ToCompareWorker) => {
  if (message.kind === "stop") return stop.abort();
  stop = new AbortController();
  const { plan } = message;
  try {
    const method = await searchMethod(plan.method);
    const hooks = {
      signal: stop.signal,
      onProgress: ({ samples, budget }: { samples: number; budget: number | null }) =>
        tell({ kind: "progress", samples, budget }),
    };
    tell({ kind: "result", result: await runSearch(method, await searchTask(plan), plan.options, hooks) });
  } catch (error) {
    tell({ kind: "error", error: sendable(error) });
  }
});
