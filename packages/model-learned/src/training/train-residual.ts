import { type Mapspace, seededRandom } from "@loopnest/mapspace";
import { defaultGroups, featureNames } from "../features/feature-names.js";
import type { FeatureGroup } from "../features/feature-table.js";
import { type LayerFeatures, layerFeatures } from "../features/layer-features.js";
import type { MlpTraining } from "../network/train-mlp.js";
import { trainMlp } from "../network/train-mlp.js";
import type { FeatureScale, Prior, ResidualModel } from "../residual/residual-model.js";
import type { DriverName } from "../schedule/driver.js";
import { fitUnits, logFastestRow } from "../schedule/fit-constants.js";
import { typicalUnits, type UnitConstants } from "../schedule/machine-constants.js";
import { scheduleForm } from "../schedule/schedule-counts.js";
import type { PreparedSample } from "./prepared-samples.js";

/** How a correction is trained. */
export interface TrainingOptions extends Partial<MlpTraining> {
  /** What the correction starts from; `schedule` unless given. */
  readonly prior?: Prior;
  /** `plain` unless given. */
  readonly driver?: DriverName;
  /** Features; `defaultGroups` unless given. */
  readonly groups?: readonly FeatureGroup[];
  /** Networks in the ensemble; 5 unless given, and 0 leaves the prior alone. */
  readonly members?: number;
  readonly seed: number;
}

const DEFAULTS: MlpTraining = {
  hidden: [32, 32],
  epochs: 200,
  rate: 4e-3,
  weightDecay: 1e-3,
  batch: 64,
  patience: 60,
};

/**
 * Trains a correction: constants of the machine first (with the schedule as prior), then networks on what is left, each
 * with shapes of its own held out to stop by. Without samples the correction is none: the analytical model.
 */
export function trainResidual(samples: readonly PreparedSample[], options: TrainingOptions): ResidualModel {
  const { driver = "plain", members = 5, seed } = options;
  const prior = samples.length === 0 ? "analytical" : (options.prior ?? "schedule");
  const groups = options.groups ?? (prior === "none" ? (["counts", "array", "driver"] as const) : defaultGroups);
  const usesSchedule = prior === "schedule" || groups.includes("bottleneck") || groups.includes("analytical");
  const schedules = measuredSchedules(samples, driver);
  const target = samples[0]?.space.target;
  const fits = usesSchedule && target !== undefined;
  const constants = fits ? fitUnits(schedules, scheduleForm(target, driver), driver) : typicalUnits;
  const rows = featureRows(samples, driver, groups, constants);
  const residuals = Float64Array.from(samples, ({ logMeasured, logAnalytical }, i) =>
    prior === "schedule"
      ? logMeasured - rows.logSchedules[i]!
      : prior === "analytical"
        ? logMeasured - logAnalytical
        : logMeasured,
  );
  const mean = residuals.reduce((sum, value) => sum + value, 0) / Math.max(1, samples.length);
  const spread = residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, samples.length);
  const scale = Math.max(0.05, Math.sqrt(spread));
  const features = featureScale(rows.values, groups);
  const set = {
    inputs: rows.values.map((row) => row.map((value, i) => (value - features.mean[i]!) / features.deviation[i]!)),
    targets: residuals.map((value) => (value - mean) / scale),
    groups: Int32Array.from(samples, (sample) => sample.shape),
  };
  const errors: number[] = [];
  const networks = Array.from({ length: samples.length > 0 ? members : 0 }, (_, member) => {
    const trained = trainMlp(set, { ...DEFAULTS, ...options }, 0.1 / scale, seededRandom(seed, member));
    errors.push(...trained.heldOutErrors);
    return trained.mlp;
  });
  const left = networks.length > 0 && errors.length > 0 ? errors : Array.from(set.targets);
  return {
    prior,
    driver,
    groups,
    constants,
    logFastestRow: logFastestRow(schedules),
    features,
    mean,
    scale,
    networks,
    noise: scale * robustDeviation(left),
  };
}

/** Deviation of normal errors with the same median size. */
function robustDeviation(errors: readonly number[]): number {
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  return 1.4826 * (sizes[sizes.length >> 1] ?? 0);
}

function measuredSchedules(samples: readonly PreparedSample[], driver: DriverName) {
  const layers = perLayer(samples, driver, [], typicalUnits);
  return samples.map(({ nest, machine, logAnalytical, logMeasured, space }) => {
    const layer = layers.get(space)!;
    layer.write(nest, machine, logAnalytical, true);
    const { log, outsideCalls } = layer.counts;
    return { logCounts: log.slice(), outsideCalls, logCycles: logMeasured, isProduct: layer.isProduct };
  });
}

function featureRows(
  samples: readonly PreparedSample[],
  driver: DriverName,
  groups: readonly FeatureGroup[],
  constants: UnitConstants,
) {
  const layers = perLayer(samples, driver, groups, constants);
  const logSchedules: number[] = [];
  const values = samples.map(({ nest, machine, logAnalytical, space }) => {
    const layer = layers.get(space)!;
    layer.write(nest, machine, logAnalytical, true);
    logSchedules.push(layer.logSchedule());
    return layer.values.slice();
  });
  return { values, logSchedules };
}

function perLayer(
  samples: readonly PreparedSample[],
  driver: DriverName,
  groups: readonly FeatureGroup[],
  constants: UnitConstants,
): Map<Mapspace, LayerFeatures> {
  const layers = new Map<Mapspace, LayerFeatures>();
  for (const { space } of samples) {
    if (!layers.has(space)) layers.set(space, layerFeatures(space, driver, groups, constants));
  }
  return layers;
}

/** Means, deviations and ranges; a feature that never changes has deviation 1. */
function featureScale(rows: readonly Float64Array[], groups: readonly FeatureGroup[]): FeatureScale {
  const size = featureNames(groups).length;
  const table = () => new Float64Array(size);
  const scale = { mean: table(), deviation: table().fill(1), low: table(), high: table() };
  for (let i = 0; i < size; i++) {
    const column = rows.map((row) => row[i]!);
    if (column.length === 0) continue;
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length);
    scale.mean[i] = mean;
    if (deviation > 1e-9) scale.deviation[i] = deviation;
    scale.low[i] = (Math.min(...column) - mean) / scale.deviation[i]!;
    scale.high[i] = (Math.max(...column) - mean) / scale.deviation[i]!;
  }
  return scale;
}
