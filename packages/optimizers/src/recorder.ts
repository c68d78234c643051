import type { ConvergencePoint, Design, SearchHooks, SearchResult } from "./task.js";

/** Keeps the account of a search: samples spent, the best design, and how it came about. */
export interface Recorder {
  /** Samples spent so far. */
  readonly samples: number;
  readonly best: Design | null;
  /** Whether the budget is spent or the caller has asked to stop. */
  readonly done: boolean;
  /** Spends samples: 1 for an evaluation of the whole network, 1 / layers for that of one layer. */
  spend(samples: number): void;
  /** Takes note of a design; returns whether it is the best so far. */
  offer(design: Design | null): boolean;
  result(method: string, seed: number): SearchResult;
}

/** @param budget Samples that may be spent; progress is reported at most every `everyMs`. */
export function recorder(budget: number, hooks: SearchHooks, everyMs = 100): Recorder {
  const started = performance.now();
  const convergence: ConvergencePoint[] = [];
  let samples = 0;
  let best: Design | null = null;
  let reported = started;
  return {
    get samples() {
      return samples;
    },
    get best() {
      return best;
    },
    get done() {
      return samples >= budget || hooks.signal?.aborted === true;
    },
    spend(count) {
      samples += count;
      if (hooks.onProgress === undefined) return;
      const now = performance.now();
      if (now - reported < everyMs) return;
      reported = now;
      hooks.onProgress({ samples, budget, best });
    },
    offer(design) {
      if (design === null || (best !== null && design.value >= best.value)) return false;
      best = design;
      convergence.push({ samples, seconds: (performance.now() - started) / 1000, value: design.value });
      return true;
    },
    result(method, seed) {
      hooks.onProgress?.({ samples, budget, best });
      const seconds = (performance.now() - started) / 1000;
      return { method, seed, best, samples, seconds, convergence, stopped: hooks.signal?.aborted === true };
    },
  };
}
