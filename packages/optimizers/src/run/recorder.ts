import { certificate } from "../search/certificate.js";
import type { ConvergencePoint, Design, SearchHooks, SearchResult } from "../search/task.js";

/** Keeps the account of a search: samples spent, the best design and how it came about, and what is proven of it. */
export interface Recorder {
  /** Samples spent so far. */
  readonly samples: number;
  readonly best: Design | null;
  /** A value that no design can beat; `undefined` as long as nothing is proven. */
  readonly lowerBound: number | undefined;
  /** Whether the budget is spent or the caller has asked to stop. */
  readonly done: boolean;
  /**
   * Spends samples: 1 for an evaluation of the whole network, 1 / layers for that of one layer. Spending 0 lets
   * progress be reported.
   */
  spend(samples: number): void;
  /** Takes note of a design; returns whether it is the best so far. */
  offer(design: Design | null): boolean;
  /** Takes note of a proven bound; a lower one than before says nothing new. */
  prove(lowerBound: number): void;
  /** Hooks for a search within this one: its samples come on top of those spent so far, and are spent here. */
  within(): SearchHooks;
  result(method: string, seed: number): SearchResult;
}

/** @param budget Samples that may be spent, `null` for any number; progress is reported at most every `everyMs`. */
export function makeRecorder(budget: number | null, hooks: SearchHooks, everyMs = 100): Recorder {
  const started = performance.now();
  const convergence: ConvergencePoint[] = [];
  let samples = 0;
  let best: Design | null = null;
  let lowerBound: number | undefined;
  let reported = started;
  const report = (shown = best) => {
    reported = performance.now();
    hooks.onProgress?.({ samples, budget, best: shown, ...(lowerBound === undefined ? {} : { lowerBound }) });
  };
  const due = () => hooks.onProgress !== undefined && performance.now() - reported >= everyMs;
  return {
    get samples() {
      return samples;
    },
    get best() {
      return best;
    },
    get lowerBound() {
      return lowerBound;
    },
    get done() {
      return samples >= (budget ?? Number.POSITIVE_INFINITY) || hooks.signal?.aborted === true;
    },
    spend(count) {
      samples += count;
      if (due()) report();
    },
    offer(design) {
      if (design === null || (best !== null && design.value >= best.value)) return false;
      best = design;
      convergence.push({ samples, seconds: (performance.now() - started) / 1000, value: design.value });
      return true;
    },
    prove(bound) {
      lowerBound = Math.max(lowerBound ?? bound, bound);
    },
    within() {
      const before = samples;
      return {
        ...hooks,
        onProgress: (progress) => {
          samples = before + progress.samples;
          if (due()) report(best ?? progress.best);
        },
      };
    },
    result(method, seed) {
      report();
      const seconds = (performance.now() - started) / 1000;
      const stopped = hooks.signal?.aborted === true;
      return { method, seed, best, samples, seconds, convergence, stopped, ...certificate(best, lowerBound) };
    },
  };
}
