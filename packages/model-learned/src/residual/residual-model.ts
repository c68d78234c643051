import type { FeatureGroup } from "../features/feature-table.js";
import type { Mlp } from "../network/mlp.js";
import type { DriverName } from "../schedule/driver.js";
import type { UnitConstants } from "../schedule/machine-constants.js";

/**
 * What a correction starts from: the schedule's cycles by the machine's fitted constants, the analytical latency
 * itself, or nothing (the network alone).
 */
export type Prior = "schedule" | "analytical" | "none";

/** Mean and deviation of every feature in training, and the range it had there, in deviations from the mean. */
export interface FeatureScale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * A trained correction:
 *
 *     log cycles = log prior + mean + scale * fade * average of the networks(features)
 *
 * and, with a schedule as prior, at least the cycles of the rows streamed through the array (see `layerCorrection`),
 * so that log(measured / analytical latency) = log(prior / analytical latency) + mean + ... is what is learnt. `fade`
 * is 1 within the features' training range and falls to 0 outside it.
 */
export interface ResidualModel {
  readonly prior: Prior;
  readonly driver: DriverName;
  readonly groups: readonly FeatureGroup[];
  readonly constants: UnitConstants;
  readonly features: FeatureScale;
  /** Mean and deviation of log(measured / prior) in training. */
  readonly mean: number;
  readonly scale: number;
  readonly networks: readonly Mlp[];
  /** Log of the fewest cycles per row streamed through the array; predictions from a schedule do not go below it. */
  readonly logFastestRow: number;
  /** Deviation of log cycles that is left on shapes held out of training. */
  readonly noise: number;
}
