import { type CostAccount, emptyNeeds, type LoopNest, LoopnestError } from "@loopnest/mapspace";
import type { NetworkLayer } from "../network/network.js";
import type { SearchTask } from "../search/task.js";
import { type ArrayClass, admission } from "./admission.js";
import { type CandidateFront, type Candidates, candidateFront } from "./candidate-front.js";
import { type CandidateLayout, candidateLayout } from "./candidate-layout.js";
import { arrayMachine, type Extremes, extremes, largestCapacities } from "./extreme-machines.js";
import type { HardwareSpace } from "./hardware-space.js";
import { type Splits, splits } from "./splits.js";

/** The mappings of a layer that may be of use on some hardware. */
export interface MappingPool extends Candidates {
  readonly layer: NetworkLayer;
  readonly layout: CandidateLayout;
  /** The arrays on which a mapping runs. */
  arraysOf(mapping: number): ArrayClass;
  /** The nest of a mapping. */
  nest(mapping: number): LoopNest;
}

/** Called now and then with the number of nests evaluated since the last call; says whether to go on. */
export type Pulse = (evaluations: number) => boolean | Promise<boolean>;

/** Splits between two pulses. */
const STRIDE = 256;

/** The splits of a layer that one of the given arrays, at least, can unroll. */
export function layerSplits(space: HardwareSpace, layer: NetworkLayer, arrays: readonly number[]): Splits {
  const { slots } = layer.model.space;
  return splits(layer.model.space, (slot) => {
    const { level, kind } = slots[slot]!;
    if (kind === "temporal") return Number.POSITIVE_INFINITY;
    return arrays.reduce((most, a) => Math.max(most, space.fanOut(a, level)[kind === "X" ? "x" : "y"]), 1);
  });
}

/**
 * Goes through all mappings of a layer, in a sufficient set of orders, and keeps those that may be of use on one of the given arrays.
 *
 * @returns `null` if the pulse says stop.
 */
export async function mappingPool(
  space: HardwareSpace,
  task: SearchTask,
  layer: NetworkLayer,
  arrays: readonly number[],
  pulse: Pulse,
): Promise<MappingPool | null> {
  const { model } = layer;
  const account = accountOf(task, layer);
  const all = layerSplits(space, layer, arrays);
  const { keeps } = model.space.nest();
  const tensors = model.space.shape.problem.tensors.map((_, t) => t);
  const layout = candidateLayout(
    space,
    Array.from(keeps, (bits) => tensors.filter((t) => (bits >> t) & 1)),
  );
  const classOf = admission(space, arrays);
  const machines = new Map(arrays.map((a) => [a, arrayMachine(space, task.model, a, "smallest")]));
  const reference = machines.get(arrays[0]!)!;
  const capacities = largestCapacities(space, task.model, arrays);
  const fronts = new Map<ArrayClass, CandidateFront>();
  const limits = new Map<ArrayClass, Extremes>();
  const needs = emptyNeeds(keeps.length);
  const nest = model.space.nest();
  const key = new Float64Array(layout.keyLength);
  const traffic = new Float64Array(layout.trafficLength);
  let evaluations = 0;
  let split = 0;
  let order = 0;
  let front: CandidateFront;
  let limit: Extremes;
  const visit = () => {
    account.count(nest, reference);
    evaluations++;
    layout.write(needs, account, reference, limit, key, traffic);
    front.add(key, traffic, split, order++);
  };
  for (; split < all.count; split++) {
    if (split === 0) all.write(nest, 0);
    else all.next(nest);
    if (split % STRIDE === 0) {
      const go = pulse(evaluations);
      evaluations = 0;
      if (!(go === true || (await go))) return null;
    }
    model.needs(nest, needs);
    if (exceeds(needs.words, capacities)) continue;
    const runsOn = classOf(needs);
    if (runsOn.size === 0) continue;
    if (!fronts.has(runsOn)) {
      fronts.set(runsOn, candidateFront(layout));
      limits.set(runsOn, extremes([...runsOn].map((a) => machines.get(a)!)));
    }
    front = fronts.get(runsOn)!;
    limit = limits.get(runsOn)!;
    order = 0;
    account.forSufficientOrders(nest, visit);
  }
  await pulse(evaluations);
  return pooled(layer, layout, all, fronts, account);
}

/** @throws LoopnestError `unsupported` if the layer's model has no account of its costs. */
export function accountOf(task: SearchTask, { name, model }: NetworkLayer): CostAccount {
  if (model.account !== undefined) return model.account;
  throw new LoopnestError({
    code: "unsupported",
    path: "model",
    problem: `the model ${task.model.name} does not say what the cost of ${name} is made of`,
    fix: "use the analytical model for exact search",
  });
}

function exceeds(words: Float64Array, capacities: Float64Array): boolean {
  for (let l = 0; l < words.length; l++) if (words[l]! > capacities[l]!) return true;
  return false;
}

function pooled(
  layer: NetworkLayer,
  layout: CandidateLayout,
  all: Splits,
  fronts: ReadonlyMap<ArrayClass, CandidateFront>,
  account: CostAccount,
): MappingPool {
  const entries = [...fronts];
  const count = entries.reduce((sum, [, front]) => sum + front.count, 0);
  const concatenated = (pick: (front: CandidateFront) => Float64Array, width: number) => {
    const list = new Float64Array(count * width);
    let at = 0;
    for (const [, front] of entries) {
      list.set(pick(front).subarray(0, front.count * width), at);
      at += front.count * width;
    }
    return list;
  };
  const names = concatenated((front) => front.names, 2);
  const classOf = new Int32Array(count);
  let from = 0;
  entries.forEach(([, front], c) => {
    classOf.fill(c, from, from + front.count);
    from += front.count;
  });
  const { space } = layer.model;
  return {
    layer,
    layout,
    count,
    keys: concatenated((front) => front.keys, layout.keyLength),
    traffics: concatenated((front) => front.traffics, layout.trafficLength),
    names,
    arraysOf: (mapping) => entries[classOf[mapping]!]![0],
    nest(mapping) {
      const nest = space.nest();
      all.write(nest, names[2 * mapping]!);
      layer.model.needs(nest, emptyNeeds(nest.levelCount));
      let wanted = nest;
      let order = 0;
      account.forSufficientOrders(nest, () => {
        if (order++ === names[2 * mapping + 1])
          wanted = { ...nest, dim: nest.dim.slice(), factor: nest.factor.slice() };
      });
      return wanted;
    },
  };
}
