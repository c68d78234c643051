import {
  emptyMachine,
  emptyNeeds,
  type Hardware,
  type LayerModel,
  type LoopNest,
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
  /** Number of the layer shape, counted in order of appearance. */
  readonly shape: number;
}

/**
 * Places samples in the mapspace of a model's target and evaluates them.
 *
 * @param fixed Sizes that hold for every sample that does not say otherwise.
 * @throws LoopnestError for a sample that the target cannot run: its path begins with `samples[i]`.
 */
export function prepareSamples(
  base: PerformanceModel,
  samples: readonly Sample[],
  fixed: Hardware = {},
): PreparedSample[] {
  const layers = new Map<string, LayerModel>();
  const shapes = new Map<string, number>();
  const hardware = sampleHardware(base.target);
  const levels = base.target.levels.length;
  const needs = emptyNeeds(levels);
  const cost = { energyPj: 0, latencyCycles: 0 };
  return samples.map((sample) => {
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
    hardware.solve(needs, { ...fixed, ...sample.hardware }, sizes);
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
      shape,
    };
  });
}
