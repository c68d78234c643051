import {
  emptyMachine,
  emptyNeeds,
  type Hardware,
  hardwareOf,
  type Machine,
  machineOf,
  pointFromMapping,
} from "@loopnest/mapspace";
import { executableMapping } from "../samples/executable-mapping.js";
import { sampleHardware } from "../samples/sample-hardware.js";
import type { CaseRecord } from "../samples/sample-record.js";
import type { LearnedLayer, LearnedModel } from "./learned-model.js";

/** Predicted cycles of a mapping. */
export interface Prediction {
  readonly predictedCycles: number;
  /** Deviation of the log of the cycles: 0.1 is about 10 %. */
  readonly uncertainty: number;
  /** 1 within the range of the training data, falling to 0 outside it, where only the mean correction is left. */
  readonly trust: number;
  /** pJ, of a model that corrects energies. */
  readonly predictedEnergyPj?: number;
  /** The base model's latency of the mapping as the machine executes it. */
  readonly analyticalCycles: number;
  /** Sizes of the machine; `null` if the case describes a machine of its own. */
  readonly hardware: Hardware | null;
}

/**
 * Predicts cases one after the other: as the target's machine executes them (see `executableMapping`), on the machine
 * that the case describes, or on the one of its sizes, or on the smallest that holds it (see `sampleHardware`).
 *
 * @returns A function from a case to its prediction, which throws LoopnestError if the target cannot run the case.
 */
export function predictor(model: LearnedModel): (record: CaseRecord) => Prediction {
  const levels = model.target.levels.length;
  const hardware = sampleHardware(model.target);
  const needs = emptyNeeds(levels);
  const sizes = new Float64Array(model.target.sizes.length);
  const layers = new Map<string, LearnedLayer>();
  const cost = { energyPj: 0, latencyCycles: 0 };

  function machine(record: CaseRecord): Machine {
    if (record.architecture !== undefined) return machineOf(record.architecture);
    const out = emptyMachine(levels);
    hardware.solve(needs, record.hardware ?? {}, sizes);
    model.machine(sizes, "exact", out);
    return out;
  }

  return (record) => {
    const key = JSON.stringify([record.problem.dims, record.problem.tensors]);
    const layer = layers.get(key) ?? model.layer(record.problem);
    layers.set(key, layer);
    const { nest } = pointFromMapping(layer.space, executableMapping(layer.space, record.mapping));
    layer.needs(nest, needs);
    layer.evaluate(nest, machine(record), "exact", cost);
    return {
      predictedCycles: cost.latencyCycles,
      uncertainty: layer.correction.deviation,
      trust: layer.correction.fade,
      ...(layer.correctsEnergy && { predictedEnergyPj: cost.energyPj }),
      analyticalCycles: layer.baseCycles(),
      hardware: record.architecture === undefined ? hardwareOf(model.target, sizes) : null,
    };
  };
}
