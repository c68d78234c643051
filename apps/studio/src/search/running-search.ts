import { LoopnestError } from "@loopnest/mapspace";
import type { SearchOrder } from "../order/search-order.js";
import { makeRun } from "../run/make-run.js";
import type { SearchState } from "../state/search-state.js";
import { beginSearch, withAnswer, withNews } from "../state/search-state.js";
import type { Studio } from "../state/studio.js";
import { drawDesign, keepDesign, type Transition, tellSearch } from "../state/transitions.js";
import { type RunningSearch, runInWorkers } from "./run-in-workers.js";

let running: RunningSearch | null = null;

/** Starts a search of what is on the table; the state hears of it until it ends, and keeps the design it finds. */
export async function startSearch(
  order: SearchOrder,
  { network, target }: Pick<Studio, "network" | "target">,
  update: (transition: Transition) => void,
): Promise<void> {
  running?.stop();
  const startedAt = new Date();
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  const tell = (change: (search: SearchState) => SearchState) => update(tellSearch(change));
  update(tellSearch(() => beginSearch(order.objective.name)));
  try {
    const own = runInWorkers(order, (progress) => tell((search) => withNews(search, progress, seconds())));
    running = own;
    const found = await own.ended;
    const workers = Math.max(1, navigator.hardwareConcurrency || 2);
    const result = await makeRun(order, found, { startedAt, seconds: seconds(), workers });
    if (running !== own) return;
    tell((search) => withAnswer(search, found, seconds()));
    const label = `${order.workload.name} on ${order.target.target.name}, ${order.method} ${order.options.seed}`;
    update(keepDesign({ label, network, target, result }));
    update(
      drawDesign(
        result.hardware,
        result.layers.map(({ mapping }) => mapping),
      ),
    );
  } catch (error) {
    const fault =
      error instanceof LoopnestError ? error.data : ({ code: "unsupported", problem: String(error) } as const);
    tell((search) => ({ ...search, status: "failed", fault }));
  }
}

export function pauseSearch(update: (transition: Transition) => void): void {
  running?.pause();
  update(tellSearch((search) => ({ ...search, status: "paused" })));
}

export function goOnSearch(update: (transition: Transition) => void): void {
  running?.goOn();
  update(tellSearch((search) => ({ ...search, status: "running" })));
}

/** Stops with the best so far. */
export function stopSearch(): void {
  running?.stop();
}
