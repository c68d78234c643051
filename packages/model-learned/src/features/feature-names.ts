import { type FeatureGroup, featureTable } from "./feature-table.js";

/**
 * What the correction is trained on unless told otherwise: `analytical` and `tiles` only add noise on unseen shapes of
 * Gemmini's RTL (see the ablation in docs/learned-model.md).
 */
export const defaultGroups: readonly FeatureGroup[] = ["counts", "array", "driver", "bottleneck"];

/** Names of the features of some groups, in the order in which a feature vector lists them. */
export function featureNames(groups: readonly FeatureGroup[]): string[] {
  return featureTable(groups, "gemmini").map(({ name }) => name);
}
