import type { PerformanceModel } from "@loopnest/mapspace";
import { LoopnestError } from "@loopnest/mapspace";
import { randomMappings } from "../proposals/propose-samples.js";
import type { Sample } from "../samples/sample.js";
import { commonArray } from "../samples/sample-hardware.js";
import type { SavedModel } from "../saved/saved-model.js";
import { prepareSamples } from "../training/prepared-samples.js";
import { type CrossValidation, crossValidate, type TrainingHook } from "./cross-validate.js";
import { type LearningPoint, learningCurve } from "./learning-curve.js";
import { type SparseRegion, sparseRegions } from "./regions.js";
import { type ModelOptions, trainOn } from "./train-model.js";

/** Options of `calibrate`. */
export interface CalibrationOptions extends ModelOptions {
  /** Folds of the cross-validation, 10 unless given; never more than there are shapes. */
  readonly folds?: number;
  /** Whether to train on growing parts of the data, too; true unless given. */
  readonly learningCurve?: boolean;
  readonly signal?: AbortSignal;
  /** Called before every training with what is being done and how far it is. */
  readonly onProgress?: (stage: "cross-validation" | "learning curve" | "training", done: number, of: number) => void;
}

/** A model and what is known of how well it does. */
export interface Calibration {
  readonly model: SavedModel;
  readonly crossValidation: CrossValidation;
  readonly learningCurve: readonly LearningPoint[];
  readonly sparseRegions: readonly SparseRegion[];
}

/** Random mappings per layer shape that stand for the mapspace. */
const REFERENCE = 20;
const FEWEST_SHAPES = 2;

/**
 * Calibrates a model on measurements of a machine: cross-validated by layer shape, then trained on all samples.
 *
 * @throws LoopnestError `input` with fewer than two layer shapes, which leave nothing to validate on, or for a sample
 * that the target cannot run; the signal's reason if it is aborted.
 */
export async function calibrate(
  base: PerformanceModel,
  samples: readonly Sample[],
  options: CalibrationOptions,
): Promise<Calibration> {
  const { hardware = {}, folds = 10, signal, onProgress } = options;
  const prepared = prepareSamples(base, samples, hardware);
  const shapes = new Set(prepared.map(({ shape }) => shape)).size;
  if (shapes < FEWEST_SHAPES) {
    throw new LoopnestError({
      code: "input",
      path: "samples",
      problem: `the samples are of ${shapes} layer shape${shapes === 1 ? "" : "s"}`,
      fix: `measure mappings of at least ${FEWEST_SHAPES} layers`,
      needed: FEWEST_SHAPES,
      available: shapes,
    });
  }
  const hook =
    (stage: "cross-validation" | "learning curve"): TrainingHook =>
    async (done, of) => {
      onProgress?.(stage, done, of);
      // Lets a signal, a progress bar or a page have its turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    };
  const validation = await crossValidate(prepared, Math.min(folds, shapes), options, hook("cross-validation"));
  const curve = options.learningCurve === false ? [] : await learningCurve(prepared, options, hook("learning curve"));
  onProgress?.("training", 0, 1);
  const { analytical, learned, both } = validation.predictors;
  const model = trainOn(base, prepared, options, {
    folds: validation.folds,
    analytical: analytical.pooled,
    learned: learned.pooled,
    both: both.pooled,
  });
  onProgress?.("training", 1, 1);
  const problems = [...new Map(prepared.map(({ space }) => [space, space.problem])).values()];
  const array = { ...commonArray(base.target, samples), ...hardware };
  const reference = randomMappings(base, REFERENCE * problems.length, {
    problems,
    seed: options.seed,
    hardware: array,
  });
  return {
    model,
    crossValidation: validation,
    learningCurve: curve,
    sparseRegions: sparseRegions(prepared, reference, model.residual.driver),
  };
}
