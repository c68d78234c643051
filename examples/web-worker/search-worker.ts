// The worker: searches while the page stays responsive. It speaks in messages of plain data.

import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { type Design, descent, runSearch } from "@loopnest/optimizers";

/** What the page sends: a search to start, or a wish to stop it. */
export type ToWorker =
  | { readonly type: "search"; readonly network: string; readonly target: string; readonly samples: number }
  | { readonly type: "stop" };

/** What it gets back: progress now and then, and one result at the end. */
export type FromWorker =
  | { readonly type: "progress"; readonly samples: number; readonly value: number | null }
  | { readonly type: "result"; readonly best: Design | null; readonly samples: number; readonly stopped: boolean }
  | { readonly type: "error"; readonly message: string };

/** The two members of a worker's global scope that this one uses. */
const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: { data: ToWorker }) => void): void;
};
const controller = new AbortController();

scope.addEventListener("message", ({ data }) => {
  if (data.type === "stop") controller.abort();
  else void search(data);
});

async function search(order: Extract<ToWorker, { type: "search" }>): Promise<void> {
  try {
    const { best, samples, stopped } = await runSearch(
      descent,
      {
        model: analyticalModel(builtInTarget(order.target)),
        workload: builtInWorkload(order.network),
        objective: { name: "edp" },
        fixed: {},
      },
      { seed: 1, samples: order.samples },
      {
        signal: controller.signal,
        onProgress: (progress) =>
          scope.postMessage({ type: "progress", samples: progress.samples, value: progress.best?.value ?? null }),
      },
    );
    scope.postMessage({ type: "result", best, samples, stopped });
  } catch (error) {
    scope.postMessage({ type: "error", message: String(error) });
  }
}
