import type { LayerModel, PerformanceModel } from "@loopnest/mapspace";
import { LoopnestError } from "@loopnest/mapspace";
import { type CorrectedLog, correctedLog } from "../residual/corrected-log.js";
import { type LayerCorrection, layerCorrection } from "../residual/layer-correction.js";
import type { SavedModel } from "../saved/saved-model.js";

/** How a learned model is used. */
export interface LearnedModelOptions {
  /**
   * Deviations added to the log of every latency, 0 unless given: with 1, a mapping counts as slow as it may well be,
   * which keeps a search where the model is trusted.
   */
  readonly uncertaintyPenalty?: number;
}

/** A layer's corrected model; `correction` tells of the nest last evaluated. */
export interface LearnedLayer extends LayerModel {
  readonly correction: Readonly<Pick<LayerCorrection, "logCycles" | "deviation" | "fade">>;
  /** Whether energies are corrected as well. */
  readonly correctsEnergy: boolean;
  /** Latency of the base model for that nest. */
  baseCycles(): number;
}

/** A performance model whose latency is corrected by measurements. */
export interface LearnedModel extends PerformanceModel {
  readonly saved: SavedModel;
  layer(problem: Parameters<PerformanceModel["layer"]>[0]): LearnedLayer;
}

/**
 * Wraps a performance model: its latency is replaced by what the machine was measured, and learnt, to take; so is its
 * energy, if energies were measured. Needs, machines and data movement stay the base's.
 *
 *     latency = base latency * exp(correction + uncertaintyPenalty * deviation)
 *
 * @throws LoopnestError `input` if the model was trained for another target or on another counting; `unsupported` by
 * `layer` for a problem without the tensors Weights, Inputs and Outputs, or with elements that are not one word of
 * every level each.
 */
export function learnedModel(
  base: PerformanceModel,
  saved: SavedModel,
  { uncertaintyPenalty = 0 }: LearnedModelOptions = {},
): LearnedModel {
  if (saved.target !== base.target.name) {
    throw new LoopnestError({
      code: "input",
      path: "model.target",
      problem: `the model ${saved.name} is for the target ${saved.target}, not ${base.target.name}`,
      fix: `search with --target ${saved.target}, or calibrate a model for ${base.target.name}`,
      expected: base.target.name,
      got: saved.target,
    });
  }
  if (base.counts !== undefined && saved.counts !== null && base.counts !== saved.counts) {
    throw new LoopnestError({
      code: "input",
      path: "model.counts",
      problem: `the model ${saved.name} corrects ${saved.counts}, not ${base.counts}`,
      fix: `wrap it around a model that counts ${saved.counts}, or calibrate one for ${base.counts}`,
      expected: base.counts,
      got: saved.counts,
    });
  }
  return {
    name: `${saved.name} on ${base.name}`,
    target: base.target,
    ...(base.counts !== undefined && { counts: base.counts }),
    saved,
    machine: (sizes, rounding, out) => base.machine(sizes, rounding, out),
    machineGradient: (sizes, toMachine, toLogSizes) => base.machineGradient(sizes, toMachine, toLogSizes),
    movementCost: (movement, machine, rounding) => base.movementCost(movement, machine, rounding),
    movementGradient: (movement, machine, seed, toMachine) => base.movementGradient(movement, machine, seed, toMachine),
    layer(problem) {
      const own = base.layer(problem);
      if (own.account?.widths) throw otherWidths(saved.name, problem.name);
      const correction = layerCorrection(saved.residual, own.space);
      const latency = correctedLog(correction, uncertaintyPenalty);
      const energy = saved.energy === undefined ? null : correctedLog(layerCorrection(saved.energy, own.space), 0);
      let baseCycles = 1;
      let baseEnergy = 1;
      return {
        space: own.space,
        correction,
        correctsEnergy: energy !== null,
        baseCycles: () => baseCycles,
        needs: (nest, out) => own.needs(nest, out),
        follow(share) {
          latency.follow(share);
          energy?.follow(share);
          own.follow?.(share);
        },
        evaluate(nest, machine, rounding, out) {
          own.evaluate(nest, machine, rounding, out);
          baseCycles = out.latencyCycles;
          latency.write(nest, machine, Math.log(baseCycles), rounding === "exact");
          out.latencyCycles = Math.exp(latency.value);
          if (energy === null) return;
          baseEnergy = out.energyPj;
          energy.write(nest, machine, Math.log(baseEnergy), rounding === "exact");
          out.energyPj = Math.exp(energy.value);
        },
        gradient(nest, machine, seed, toFactors, toMachine) {
          /** Passes a seed through a correction on to the base model's cost. */
          const through = (log: CorrectedLog, own: number, base: number) => {
            const toLog = own * Math.exp(log.value);
            return toLog === 0 ? 0 : log.gradient(nest, machine, toLog, toFactors, toMachine) / base;
          };
          const toBase = {
            needs: seed.needs,
            latency: through(latency, seed.latency, baseCycles),
            energy: energy === null ? seed.energy : through(energy, seed.energy, baseEnergy),
          };
          own.gradient(nest, machine, toBase, toFactors, toMachine);
        },
      };
    },
  };
}

/** What was measured moves a word of the machine for every element. */
function otherWidths(model: string, problem: string): LoopnestError {
  return new LoopnestError({
    code: "unsupported",
    path: "problem.tensors",
    problem: `the model ${model} was trained on elements of one word of a level each, those of ${problem} are not`,
    fix: "leave the widths (bits) out, or the learned model",
  });
}
