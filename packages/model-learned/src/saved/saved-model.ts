import type { Counts } from "@loopnest/mapspace";
import type { FeatureGroup } from "../features/feature-table.js";
import type { Metrics } from "../metrics/metrics.js";
import type { ResidualModel } from "../residual/residual-model.js";

/** Where a trained model comes from and how well it does. */
export interface ModelOrigin {
  readonly samples: number;
  readonly shapes: number;
  /** Hash of the samples it was trained on, see `sampleHash`. */
  readonly dataHash: string;
  readonly seed: number;
  /** Where the measurements come from, and under which terms. */
  readonly source: string;
  /** Metrics of cross-validation over layer shapes, mean over folds; `null` if there was none. */
  readonly metrics: {
    readonly folds: number;
    readonly analytical: Metrics;
    readonly learned: Metrics;
    readonly both: Metrics;
  } | null;
}

/** A trained correction with all that is needed to use it, in memory. */
export interface SavedModel {
  readonly name: string;
  readonly target: string;
  /** Whose counting the model that it corrects must use; `null` if that was one that does not say. */
  readonly counts: Counts | null;
  /** The correction of latencies, in cycles. */
  readonly residual: ResidualModel;
  /** That of energies, in pJ; left out if none were measured. */
  readonly energy?: ResidualModel;
  readonly featureNames: readonly string[];
  readonly groups: readonly FeatureGroup[];
  readonly origin: ModelOrigin;
}
