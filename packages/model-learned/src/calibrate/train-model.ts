import type { Hardware, PerformanceModel } from "@loopnest/mapspace";
import { featureNames } from "../features/feature-names.js";
import type { Sample } from "../samples/sample.js";
import { sampleHash } from "../samples/sample-hash.js";
import type { ModelOrigin, SavedModel } from "../saved/saved-model.js";
import { type PreparedSample, prepareSamples } from "../training/prepared-samples.js";
import { trainEnergyResidual } from "../training/train-energy-residual.js";
import { type TrainingOptions, trainResidual } from "../training/train-residual.js";

/** Options of `trainModel`. */
export interface ModelOptions extends TrainingOptions {
  /** Name of the model. */
  readonly name: string;
  /** Where the measurements come from. */
  readonly source: string;
  /** Sizes of the machine that measured, for samples that do not say. */
  readonly hardware?: Hardware;
}

/**
 * Trains a model on measurements of a machine, of one layer shape or many, without asking how well it does on others:
 * `calibrate` does.
 *
 * @throws LoopnestError for a sample that the target cannot run.
 */
export function trainModel(base: PerformanceModel, samples: readonly Sample[], options: ModelOptions): SavedModel {
  return trainOn(base, prepareSamples(base, samples, options.hardware), options, null);
}

/** @param metrics Of its cross-validation. */
export function trainOn(
  base: PerformanceModel,
  prepared: readonly PreparedSample[],
  options: ModelOptions,
  metrics: ModelOrigin["metrics"],
): SavedModel {
  const residual = trainResidual(prepared, options);
  const energy = trainEnergyResidual(prepared, options);
  return {
    name: options.name,
    target: base.target.name,
    counts: base.counts ?? null,
    residual,
    ...(energy !== null && { energy }),
    groups: residual.groups,
    featureNames: featureNames(residual.groups),
    origin: {
      samples: prepared.length,
      shapes: new Set(prepared.map(({ shape }) => shape)).size,
      dataHash: sampleHash(prepared.map(({ sample }) => sample)),
      seed: options.seed,
      source: options.source,
      metrics,
    },
  };
}
