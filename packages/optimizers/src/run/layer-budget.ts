import type { Recorder } from "./recorder.js";

/**
 * The budget of a search counted in evaluations of single layers: one of them is 1 / layers of a sample. Counting them
 * whole keeps the sum of the fractions from drifting past the end.
 */
export interface LayerBudget {
  /** Evaluations that may still be spent. */
  readonly left: number;
  /** Whether nothing is left or the caller has asked to stop. */
  readonly done: boolean;
  spend(evaluations: number): void;
}

/** @param samples Samples that may be spent from now on; the recorder keeps their account. */
export function makeLayerBudget(record: Recorder, samples: number, layers: number): LayerBudget {
  const all = Math.floor(samples * layers);
  const before = record.samples;
  let spent = 0;
  return {
    get left() {
      return all - spent;
    },
    get done() {
      return spent >= all || record.done;
    },
    spend(evaluations) {
      spent += evaluations;
      record.spend(before + spent / layers - record.samples);
    },
  };
}
