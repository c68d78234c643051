import type { Progress, SearchResult } from "@loopnest/optimizers";
import type { SearchPlan } from "../plan/search-plan.js";

/** What is known of a part that could not give back its result. */
export function partialResult(plan: SearchPlan, { best, samples }: Progress, seconds: number): SearchResult {
  const convergence = best === null ? [] : [{ samples, seconds, value: best.value }];
  return { method: plan.method, seed: plan.options.seed, best, samples, seconds, convergence, stopped: true };
}
