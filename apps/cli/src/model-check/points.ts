import {
  emptyMachine,
  hardwareSizes,
  type LayerModel,
  type LoopNest,
  type Machine,
  makeNestPoint,
  type PerformanceModel,
  type Problem,
  pointFromMapping,
  seededRandom,
} from "@loopnest/mapspace";
import { proposeSamples } from "@loopnest/model-learned";

/** Where a model is looked at: a mapping of a layer on a machine. */
export interface Point {
  readonly layer: LayerModel;
  readonly nest: LoopNest;
  readonly machine: Machine;
  /** In the target's order. */
  readonly sizes: Float64Array;
  /** For people: the layer, and the mapping where it is one. */
  readonly name: string;
}

/**
 * Mappings at whole factors, spread over the mapspaces, on the smallest machines that hold them.
 *
 * @param base The analytical model of the same target, which says where that is, whatever the model says.
 */
export function wholePoints(
  model: PerformanceModel,
  base: PerformanceModel,
  problems: readonly Problem[],
  count: number,
): Point[] {
  const { target } = model;
  const layers = new Map(problems.map((problem) => [problem, model.layer(problem)]));
  return proposeSamples(base, count, { problems, seed: 1 }).map(({ problem, mapping, hardware }) => {
    const layer = layers.get(problem)!;
    const sizes = hardwareSizes(target, hardware);
    const machine = emptyMachine(target.levels.length);
    model.machine(sizes, "exact", machine);
    const loops = mapping.map(({ level, temporal, spatial }) =>
      [level, ...[...temporal, ...spatial].map(([dim, n]) => `${dim}${n}`)].join(" "),
    );
    const { nest } = pointFromMapping(layer.space, mapping);
    return { layer, nest, machine, sizes, name: `${problem.name}: ${loops.join(" | ")}` };
  });
}

/** Nests with real factors whose products are the bounds, in random order, on a machine between whole sizes. */
export function relaxedPoints(model: PerformanceModel, problems: readonly Problem[], count: number): Point[] {
  const { target } = model;
  const layers = problems.map((problem) => model.layer(problem));
  return Array.from({ length: count }, (_, i) => {
    const random = seededRandom(2, i);
    const layer = layers[i % layers.length]!;
    const { space } = layer;
    const { nest, loopOf } = makeNestPoint(space);
    space.slotsOf.forEach((slots, d) => {
      const shares = slots.map(() => 0.15 + random.uniform());
      const sum = shares.reduce((total, share) => total + share, 0);
      slots.forEach((slot, k) => {
        nest.factor[loopOf[slot]!] = Math.exp((Math.log(space.shape.bounds[d]!) * shares[k]!) / sum);
      });
    });
    const sizes = Float64Array.from(target.sizes, ({ default: middle }) => middle * (1.01 + 0.2 * random.uniform()));
    const machine = emptyMachine(target.levels.length);
    model.machine(sizes, "smooth", machine);
    return { layer, nest, machine, sizes, name: `${space.problem.name}, between whole factors` };
  });
}
