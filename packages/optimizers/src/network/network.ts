import {
  type Cost,
  checkedModel,
  compileTarget,
  type DataMovement,
  emptyMachine,
  emptyNeeds,
  givenSizes,
  greatestSize,
  hardwareOf,
  type LayerModel,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapspace,
  type MinimalHardware,
  makeMinimalHardware,
  type Needs,
  paddedDims,
  totalAreaUm2,
  unflatten,
} from "@loopnest/mapspace";
import { keepsLimits, objectiveValue } from "../search/objective.js";
import type { Design, SearchTask } from "../search/task.js";
import { smallestSizes } from "./smallest-sizes.js";

/** A task made ready for a search: every layer's model, and the way from mappings to the smallest hardware. */
export interface Network {
  readonly task: SearchTask;
  readonly layers: readonly NetworkLayer[];
  /** What the operators that are no layers move: its cost comes on top of the layers'. */
  readonly movement: readonly DataMovement[];
  readonly minimal: MinimalHardware;
  /** Fixed sizes in the target's order, NaN where a size is free. */
  readonly fixed: Float64Array;
  readonly levelCount: number;
}

/** A layer of the workload with its model; `count` is how often it occurs. */
export interface NetworkLayer {
  readonly name: string;
  readonly count: number;
  readonly model: LayerModel;
}

/**
 * Prepares a task.
 *
 * @throws LoopnestError `input` if a fixed size is not one of the target's or out of its range, or the workload has no
 * layer; `unsupported` or `infeasible` if the target cannot run a layer. Its model throws where `checkedModel` does.
 */
export function makeNetwork(task: SearchTask): Network {
  const { workload, fixed } = task;
  const model = checkedModel(task.model);
  if (workload.layers.length === 0) {
    throw new LoopnestError({ code: "input", path: "workload.layers", problem: `${workload.name} has no layers` });
  }
  return {
    task: { ...task, model },
    layers: workload.layers.map(({ problem, count }) => ({
      name: problem.name,
      count,
      model: model.layer(problem),
    })),
    movement: workload.dataMovement ?? [],
    minimal: makeMinimalHardware(compileTarget(model.target)),
    fixed: givenSizes(model.target, fixed),
    levelCount: model.target.levels.length,
  };
}

/** The largest sizes a task allows, and what they offer. */
export function largestHardware(network: Network): { maxSizes: Float64Array; available: Needs } {
  const { task, fixed, levelCount } = network;
  const { target } = task.model;
  const maxSizes = Float64Array.from(target.sizes, (size, i) =>
    Number.isNaN(fixed[i]!) ? greatestSize(size) : fixed[i]!,
  );
  return { maxSizes, available: network.minimal.offers(maxSizes, emptyNeeds(levelCount)) };
}

/** Largest factor that each slot of a layer may take: the fan-out of the largest hardware for spatial slots. */
export function slotCaps(network: Network, space: Mapspace): Float64Array {
  const { available } = largestHardware(network);
  return Float64Array.from(space.slots, ({ kind, level }) => {
    if (kind === "temporal") return Number.POSITIVE_INFINITY;
    return kind === "X" ? available.x[level]! : available.y[level]!;
  });
}

/** Buffers for `evaluateDesign`, so that it can be called often. */
export interface EvaluationBuffers {
  readonly needs: Needs;
  readonly all: Needs;
  readonly sizes: Float64Array;
  readonly machine: Machine;
  readonly cost: Cost;
}

/** Buffers of the sizes that a network needs. */
export function makeBuffers(network: Network): EvaluationBuffers {
  return {
    needs: emptyNeeds(network.levelCount),
    all: emptyNeeds(network.levelCount),
    sizes: new Float64Array(network.fixed.length),
    machine: emptyMachine(network.levelCount),
    cost: { energyPj: 0, latencyCycles: 0 },
  };
}

/**
 * Evaluates mappings exactly on the smallest hardware that they fit: one sample.
 *
 * @param nests One nest with integer factors per layer.
 * @returns `null` if no hardware within the target's sizes fits them, or a limit of the objective is broken.
 */
export function evaluateDesign(
  network: Network,
  nests: readonly LoopNest[],
  buffers: EvaluationBuffers = makeBuffers(network),
): Design | null {
  const { needs, all, sizes } = buffers;
  const needsOf = (i: number) => {
    network.layers[i]!.model.needs(nests[i]!, needs);
    return needs;
  };
  if (!smallestSizes(network, needsOf, all, sizes)) return null;
  return evaluateDesignOn(network, nests, sizes, buffers);
}

/** Evaluates mappings exactly on given sizes, which they must fit; `null` if a limit of the objective is broken. */
export function evaluateDesignOn(
  network: Network,
  nests: readonly LoopNest[],
  sizes: Float64Array,
  buffers: EvaluationBuffers = makeBuffers(network),
): Design | null {
  const { task, layers, movement } = network;
  const { objective, model } = task;
  const { needs, machine, cost } = buffers;
  model.machine(sizes, "exact", machine);
  const levelNames = model.target.levels.map((level) => level.name);
  let { energyPj, latencyCycles } = model.movementCost(movement, machine, "exact");
  const results = layers.map(({ name, count, model: layer }, i) => {
    layer.needs(nests[i]!, needs);
    layer.evaluate(nests[i]!, machine, "exact", cost);
    energyPj += count * cost.energyPj;
    latencyCycles += count * cost.latencyCycles;
    const mapping = unflatten(layer.space.shape, levelNames, nests[i]!);
    const padded = paddedDims(layer.space, nests[i]!);
    const paddings = Object.keys(padded).length === 0 ? {} : { padded };
    return { name, count, mapping, ...paddings, ...cost };
  });
  const areaMm2 = totalAreaUm2(machine) / 1e6;
  const totals = { energyUj: energyPj / 1e6, latencyCycles, areaMm2 };
  if (!keepsLimits(objective, totals)) return null;
  return {
    hardware: hardwareOf(model.target, sizes),
    layers: results,
    ...totals,
    value: objectiveValue(objective.name, totals),
  };
}
