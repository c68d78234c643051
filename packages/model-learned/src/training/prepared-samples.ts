import {
  type ErrorData,
  emptyMachine,
  emptyNeeds,
  type Hardware,
  type LayerModel,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapspace,
  type PerformanceModel,
  pointFromMapping,
} from "@loopnest/mapspace";
import { executableMapping } from "../samples/executable-mapping.js";
import { layerShapeKey, type Sample } from "../samples/sample.js";
import { sampleHardware } from "../samples/sample-hardware.js";

/** A sample made ready for training: in the target's mapspace, on its machine, with the base model's latency. */
export interface PreparedSample {
  readonly sample: Sample;
  readonly space: Mapspace;
  readonly nest: LoopNest;
  readonly machine: Machine;
  /** Sizes of the machine, in the target's order. */
  readonly sizes: Float64Array;
  readonly logAnalytical: number;
  readonly logMeasured: number;
  /** The base model's energy and the measured one; `null` if it was not measured. */
  readonly logEnergy: { readonly analytical: number; readonly measured: number } | null;
  /** Number of the layer shape, counted in order of appearance. */
  readonly shape: number;
}

/** How samples are prepared. */
export interface PreparationOptions {
  /** Whether mappings may be larger than their machine, which then runs them in several passes; no unless given. */
  readonly severalPasses?: boolean;
}

/**
 * Places samples in the mapspace of a model's target and evaluates them.
 *
 * @param fixed Sizes that hold for every sample that does not say otherwise.
 * @throws LoopnestError for the first sample that the target, or the machine that it names, cannot run; `data.more`
 * lists the others. The position is where the sample was read; the path of one that was not read begins with
 * `samples[i]`.
 */
export function prepareSamples(
  base: PerformanceModel,
  samples: readonly Sample[],
  fixed: Hardware = {},
  { severalPasses = false }: PreparationOptions = {},
): PreparedSample[] {
  const layers = new Map<string, LayerModel>();
  const shapes = new Map<string, number>();
  const hardware = sampleHardware(base.target);
  const levels = base.target.levels.length;
  const needs = emptyNeeds(levels);
  const cost = { energyPj: 0, latencyCycles: 0 };
  const prepare = (sample: Sample): PreparedSample => {
    const shapeKey = layerShapeKey(sample.problem);
    const shape = shapes.get(shapeKey) ?? shapes.size;
    shapes.set(shapeKey, shape);
    const layerKey = JSON.stringify([sample.problem.dims, sample.problem.tensors]);
    const layer = layers.get(layerKey) ?? base.layer(sample.problem);
    layers.set(layerKey, layer);
    const { nest } = pointFromMapping(layer.space, executableMapping(layer.space, sample.mapping));
    const machine = emptyMachine(levels);
    const sizes = new Float64Array(base.target.sizes.length);
    layer.needs(nest, needs);
    const fits = hardware.solve(needs, { ...fixed, ...sample.hardware }, sizes);
    const lack = fits || severalPasses ? null : hardware.lack(needs, sizes);
    if (lack !== null) {
      const { what, level, needed, available } = lack;
      throw new LoopnestError({
        code: "infeasible",
        path: "mapping",
        problem: `it needs ${needed} ${what} ${level}; the machine has ${available}`,
        fix: "give the sizes of the machine that measured it",
        level,
        needed,
        available,
      });
    }
    base.machine(sizes, "exact", machine);
    layer.evaluate(nest, machine, "exact", cost);
    return {
      sample,
      space: layer.space,
      nest,
      machine,
      sizes,
      logAnalytical: Math.log(cost.latencyCycles),
      logMeasured: Math.log(sample.measuredCycles),
      logEnergy:
        sample.measuredEnergyPj === undefined
          ? null
          : { analytical: Math.log(cost.energyPj), measured: Math.log(sample.measuredEnergyPj) },
      shape,
    };
  };
  const prepared: PreparedSample[] = [];
  const faults: ErrorData[] = [];
  samples.forEach((sample, i) => {
    try {
      prepared.push(prepare(sample));
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      faults.push(placed(error.data, sample, i));
    }
  });
  const [first, ...more] = faults;
  if (first !== undefined) throw new LoopnestError({ ...first, more });
  return prepared;
}

/** A fault of sample `i`, with where that sample is. */
function placed({ path, ...data }: ErrorData, { position }: Sample, i: number): ErrorData {
  if (position !== undefined) return { ...data, ...(path === undefined ? {} : { path }), position };
  return { ...data, path: path === undefined ? `samples[${i}]` : `samples[${i}].${path}` };
}
