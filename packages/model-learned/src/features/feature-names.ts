import { COUNTS } from "../schedule/counts.js";
import { RESOURCES } from "../schedule/schedule-cycles.js";

/**
 * Groups of features, all of them logs or flags that mean the same on an array of another size.
 *
 * `counts`: calls, and rows, bytes and commands per call. `array`: rows and columns of the array, and how well tiles
 * fill them. `driver`: what the driver does differently: matrix products, packed kernel columns, calls outside the
 * image. `bottleneck`: share of every resource in the schedule's cycles. `analytical`: the analytical latency over the
 * schedule's cycles. `tiles`: log tile and log number of tiles of every dimension.
 */
export const FEATURE_GROUPS = ["counts", "array", "driver", "bottleneck", "analytical", "tiles"] as const;
/** A group of features, which a calibration can leave out. */
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

/**
 * What the correction is trained on unless told otherwise: `analytical` and `tiles` only add noise on unseen shapes of
 * Gemmini's RTL (see the ablation in docs/learned-model.md).
 */
export const defaultGroups: readonly FeatureGroup[] = ["counts", "array", "driver", "bottleneck"];

const TILE_ROLES = ["P", "Q", "K", "C", "R", "S"] as const;

const NAMES: Readonly<Record<FeatureGroup, readonly string[]>> = {
  counts: ["calls", ...COUNTS.slice(1).map((count) => `${count}PerCall`)],
  array: ["rows", "columnsPerRow", "rowFill", "columnFill", "streamFill"],
  driver: ["matrixProduct", "packedKernelColumns", "callsOutsideImage"],
  bottleneck: RESOURCES.map((resource) => `${resource}Share`),
  analytical: ["analyticalPerSchedule"],
  tiles: TILE_ROLES.flatMap((role) => [`tile${role}`, `tilesOf${role}`]),
};

/** Names of the features of some groups, in the order in which a feature vector lists them. */
export function featureNames(groups: readonly FeatureGroup[]): string[] {
  return FEATURE_GROUPS.filter((group) => groups.includes(group)).flatMap((group) => NAMES[group]);
}
