import { seededRandom } from "@loopnest/mapspace";
import { type Metrics, metrics } from "../metrics/metrics.js";
import { shuffled } from "../numbers/shuffled.js";
import { layerCorrection } from "../residual/layer-correction.js";
import type { ResidualModel } from "../residual/residual-model.js";
import type { PreparedSample } from "../training/prepared-samples.js";
import { type TrainingOptions, trainResidual } from "../training/train-residual.js";

/** What a prediction may rest on: the analytical model, the network alone, or the network on top of it. */
export const PREDICTORS = ["analytical", "learned", "both"] as const;
/** A predictor: the analytical model alone, the network alone, or their product. */
export type PredictorName = (typeof PREDICTORS)[number];

/** Metrics of one predictor on shapes that it was not trained on. */
export interface FoldMetrics {
  /** Over all samples, each predicted by the model that did not see its shape. */
  readonly pooled: Metrics;
  /** Mean and standard deviation over folds. */
  readonly mean: Metrics;
  readonly spread: Metrics;
}

/** One sample, predicted by the model that did not see its shape. */
export interface PredictedPoint {
  readonly id?: string;
  readonly fold: number;
  readonly measuredCycles: number;
  readonly analyticalCycles: number;
  readonly learnedCycles: number;
  readonly bothCycles: number;
  /** Deviation of the log of `bothCycles`. */
  readonly uncertainty: number;
}

/** How the predictors do on layer shapes that they have not been trained on: mean over folds, and spread. */
export interface CrossValidation {
  readonly folds: number;
  readonly predictors: Readonly<Record<PredictorName, FoldMetrics>>;
  readonly points: readonly PredictedPoint[];
}

/** Called after every training, with what is done of the whole; may wait, or throw to stop. */
export type TrainingHook = (done: number, of: number) => Promise<void> | void;

/**
 * Cross-validates by layer shape: shapes are dealt to folds at random, and every fold is predicted by models trained on
 * the others. A split by sample would leak, since mappings of one shape resemble each other.
 *
 * @param folds At most as many as there are shapes.
 */
export async function crossValidate(
  samples: readonly PreparedSample[],
  folds: number,
  options: TrainingOptions,
  hook: TrainingHook = () => {},
): Promise<CrossValidation> {
  const foldOf = foldsByShape(samples, folds, options.seed);
  const learned = new Float64Array(samples.length);
  const both = new Float64Array(samples.length);
  const deviation = new Float64Array(samples.length);
  for (let fold = 0; fold < folds; fold++) {
    const training = samples.filter((_, i) => foldOf[i] !== fold);
    const held = [...samples.keys()].filter((i) => foldOf[i] === fold);
    const own = { ...options, seed: options.seed + 1 + fold };
    await hook(2 * fold, 2 * folds);
    const { groups: _all, ...withAllGroups } = own;
    const alone = predictAll(trainResidual(training, { ...withAllGroups, prior: "none" }), samples, held);
    held.forEach((i, k) => {
      learned[i] = alone[k]!.logCycles;
    });
    await hook(2 * fold + 1, 2 * folds);
    const together = predictAll(trainResidual(training, own), samples, held);
    held.forEach((i, k) => {
      both[i] = together[k]!.logCycles;
      deviation[i] = together[k]!.deviation;
    });
  }
  await hook(2 * folds, 2 * folds);
  const measured = Float64Array.from(samples, ({ logMeasured }) => logMeasured);
  const analytical = Float64Array.from(samples, ({ logAnalytical }) => logAnalytical);
  const over = (predicted: Float64Array) => foldMetrics(predicted, measured, foldOf, folds);
  return {
    folds,
    predictors: { analytical: over(analytical), learned: over(learned), both: over(both) },
    points: samples.map(({ sample }, i) => ({
      ...(sample.id === undefined ? {} : { id: sample.id }),
      fold: foldOf[i]!,
      measuredCycles: sample.measuredCycles,
      analyticalCycles: Math.exp(analytical[i]!),
      learnedCycles: Math.exp(learned[i]!),
      bothCycles: Math.exp(both[i]!),
      uncertainty: deviation[i]!,
    })),
  };
}

/** Fold of every sample; all samples of a shape in one fold. */
export function foldsByShape(samples: readonly PreparedSample[], folds: number, seed: number): Int32Array {
  const shapes = [...new Set(samples.map(({ shape }) => shape))];
  const fold = new Map<number, number>();
  shuffled(shapes.length, seededRandom(seed)).forEach((k, i) => {
    fold.set(shapes[k]!, i % folds);
  });
  return Int32Array.from(samples, ({ shape }) => fold.get(shape)!);
}

/** Predictions of some samples by a correction. */
export function predictAll(model: ResidualModel, samples: readonly PreparedSample[], which: readonly number[]) {
  const layers = new Map<PreparedSample["space"], ReturnType<typeof layerCorrection>>();
  return which.map((i) => {
    const { space, nest, machine, logAnalytical } = samples[i]!;
    const layer = layers.get(space) ?? layerCorrection(model, space);
    layers.set(space, layer);
    layer.write(nest, machine, logAnalytical, true);
    return { logCycles: layer.logCycles, deviation: layer.deviation };
  });
}

function foldMetrics(predicted: Float64Array, measured: Float64Array, foldOf: Int32Array, folds: number): FoldMetrics {
  const perFold = Array.from({ length: folds }, (_, fold) =>
    metrics(
      predicted.filter((_, i) => foldOf[i] === fold),
      measured.filter((_, i) => foldOf[i] === fold),
    ),
  );
  const mean = combine(perFold, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const spread = combine(perFold, (values) => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1));
  });
  return { pooled: metrics(predicted, measured), mean, spread };
}

function combine(all: readonly Metrics[], over: (values: number[]) => number): Metrics {
  // A fold of a single value has no rank correlation, and no say in its mean.
  const of = (name: keyof Metrics) => over(all.map((one) => one[name]).filter(Number.isFinite));
  return {
    samples: of("samples"),
    spearman: of("spearman"),
    meanAbsLogError: of("meanAbsLogError"),
    medianRelativeError: of("medianRelativeError"),
    within10: of("within10"),
    within25: of("within25"),
  };
}
