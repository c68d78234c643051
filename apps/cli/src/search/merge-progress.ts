import type { Design, Progress } from "@loopnest/optimizers";
import { thousandths } from "../figures/thousandths.js";

/** News of a whole search from the news of its parts. */
export interface ProgressMerger {
  /** Takes note of a part's latest news and returns those of the whole. */
  add(part: number, progress: Progress): Progress;
}

/** @param budget Samples that the whole search may spend. */
export function progressMerger(budget: number): ProgressMerger {
  const samples: number[] = [];
  let best: Design | null = null;
  return {
    add(part, progress) {
      samples[part] = Math.max(samples[part] ?? 0, progress.samples);
      best = better(best, progress.best);
      return {
        ...progress,
        best,
        samples: samples.reduce((sum, count) => sum + count, 0),
        budget: progress.budget === null ? null : budget,
      };
    },
  };
}

/** Passes news on so that they only go forward: what was spent, found or proven once is never taken back. */
export function forwardOnly(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last: Progress | undefined;
  return (progress) => {
    const best = better(last?.best ?? null, progress.best);
    const bounds = [last?.lowerBound, progress.lowerBound].filter((bound) => bound !== undefined);
    last = {
      samples: Math.max(last?.samples ?? 0, thousandths(progress.samples)),
      budget: progress.budget,
      best,
      ...(bounds.length > 0 && { lowerBound: Math.max(...bounds) }),
    };
    tell(last);
  };
}

/** The first of equally good designs. */
function better(a: Design | null, b: Design | null): Design | null {
  return a === null || (b !== null && b.value < a.value) ? b : a;
}
