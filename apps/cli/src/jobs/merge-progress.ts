import type { Design, Progress } from "@loopnest/optimizers";

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
      samples[part] = progress.samples;
      if (progress.best !== null && (best === null || progress.best.value < best.value)) best = progress.best;
      const { lowerBound } = progress;
      return {
        samples: samples.reduce((sum, count) => sum + count, 0),
        budget: progress.budget === null ? null : budget,
        best,
        ...(lowerBound !== undefined && { lowerBound }),
      };
    },
  };
}
