import { LoopnestError } from "@loopnest/mapspace";
import type { Progress, SearchHooks, SearchMethod, SearchResult, SearchTask } from "@loopnest/optimizers";
import { methodOf } from "../order/methods.js";
import { taskOf } from "../order/search-order.js";
import type { FromWorker, ToWorker } from "./worker-messages.js";

/** News a second at most: a page shows no more. */
const NEWS_MS = 80;

let controller = new AbortController();
let held: { readonly until: Promise<void>; readonly letGo: () => void } | null = null;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("order" in data) return void work(data);
  if (data.kind === "hold") return hold();
  if (data.kind === "stop") controller.abort();
  release();
});

async function work(ask: Extract<ToWorker, { order: unknown }>): Promise<void> {
  controller = new AbortController();
  const task = taskOf(ask.order);
  const method = methodOf(ask.order.method);
  const hooks: SearchHooks = { signal: controller.signal, onProgress: tell(), hold: () => held?.until };
  try {
    post({ kind: "result", result: await answer(ask, task, method, hooks) });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    post({ kind: "fault", fault: error instanceof LoopnestError ? error.data : { code: "unsupported", problem } });
  }
}

function answer(
  ask: Extract<ToWorker, { order: unknown }>,
  task: SearchTask,
  method: SearchMethod,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { options } = ask.order;
  if (ask.kind === "part") return method.run(task, options, ask.part, hooks);
  if (ask.kind === "finish") return method.finish!(task, options, ask.parts, hooks);
  return method.goOn!(task, options, ask.design, ask.parts, hooks);
}

/** Passes news on, not too often; an improvement at once. */
function tell(): (progress: Progress) => void {
  let last = 0;
  let best = Number.POSITIVE_INFINITY;
  return (progress) => {
    const value = progress.best?.value ?? Number.POSITIVE_INFINITY;
    if (value >= best && performance.now() - last < NEWS_MS) return;
    [last, best] = [performance.now(), Math.min(best, value)];
    post({ kind: "progress", progress });
  };
}

function hold(): void {
  if (held !== null) return;
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  held = { until, letGo };
}

function release(): void {
  held?.letGo();
  held = null;
}

function post(message: FromWorker): void {
  postMessage(message);
}
