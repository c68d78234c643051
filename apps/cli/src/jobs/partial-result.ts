import type { Progress, SearchResult } from "@loopnest/optimizers";

/** What is known of a part that could not give back its result. */
export function partialResult(method: string, seed: number, progress: Progress, seconds: number): SearchResult {
  const { best, samples } = progress;
  const convergence = best === null ? [] : [{ samples, seconds, value: best.value }];
  return { method, seed, best, samples, seconds, convergence, stopped: true };
}
