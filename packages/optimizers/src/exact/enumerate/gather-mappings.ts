import { emptyNeeds, plainParts } from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import { arrayMachine, type Extremes, extremes, largestCapacities } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type ArrayClass, makeAdmission } from "./admission.js";
import { type CandidateFront, type Candidates, makeCandidateFront } from "./candidate-front.js";
import { type CandidateLayout, makeCandidateLayout } from "./candidate-layout.js";
import { accountOf, layerSplits } from "./layer-splits.js";

/** Mappings of a layer as plain data, which may go from one thread to another. */
export interface GatheredMappings extends Candidates {
  /** Lists of arrays, ascending, and for every mapping the number of the list of those on which it runs. */
  readonly classes: readonly (readonly number[])[];
  readonly classOf: Int32Array;
}

/** Called now and then with the number of nests evaluated since the last call; says whether to go on. */
export type Pulse = (evaluations: number) => boolean | Promise<boolean>;

/** Splits between two pulses. */
const STRIDE = 256;

/**
 * Goes through all mappings of a layer, in a sufficient set of orders, and keeps those that may be of use on one of the
 * given arrays.
 *
 * @returns `null` if the pulse says stop.
 */
export async function gatherMappings(
  space: HardwareSpace,
  task: SearchTask,
  layer: NetworkLayer,
  arrays: readonly number[],
  pulse: Pulse,
): Promise<GatheredMappings | null> {
  const { model } = layer;
  const account = accountOf(task, layer);
  const all = layerSplits(space, layer, arrays);
  const layout = layerLayout(space, layer);
  const classOf = makeAdmission(space, arrays);
  const machines = new Map(arrays.map((a) => [a, arrayMachine(space, task.model, a, "smallest")]));
  const reference = machines.get(arrays[0]!)!;
  const capacities = largestCapacities(space, task.model, arrays);
  const fronts = new Map<ArrayClass, { readonly front: CandidateFront; readonly limits: Extremes }>();
  const needs = emptyNeeds(capacities.length);
  const nest = model.space.nest();
  const entry = { keys: new Float64Array(layout.keyLength), traffics: new Float64Array(layout.trafficLength) };
  let evaluations = 0;
  for (let split = 0; split < all.count; split++) {
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
    let known = fronts.get(runsOn);
    if (known === undefined) {
      const limits = extremes([...runsOn].map((a) => machines.get(a)!));
      known = { front: makeCandidateFront(layout), limits };
      fronts.set(runsOn, known);
    }
    const { front, limits } = known;
    let order = 0;
    account.forSufficientOrders(nest, () => {
      account.count(nest, reference);
      evaluations++;
      layout.write(needs, account, reference, limits, entry);
      front.add(entry, split, order++);
    });
  }
  await pulse(evaluations);
  return gathered(layout, new Map([...fronts].map(([runsOn, { front }]) => [runsOn, front])));
}

/** The layout in which mappings of a layer are kept. */
export function layerLayout(space: HardwareSpace, { model }: NetworkLayer): CandidateLayout {
  const tensors = model.space.shape.problem.tensors.map((_, t) => t);
  const { keeps } = model.space.nest();
  return makeCandidateLayout(
    space,
    Array.from(keeps, (bits) => tensors.filter((t) => (bits >> t) & 1)),
    model.account?.parts ?? Array.from(keeps, () => plainParts),
  );
}

function exceeds(words: Float64Array, capacities: Float64Array): boolean {
  for (let l = 0; l < words.length; l++) if (words[l]! > capacities[l]!) return true;
  return false;
}

function gathered(layout: CandidateLayout, fronts: ReadonlyMap<ArrayClass, CandidateFront>): GatheredMappings {
  const list = [...fronts.values()];
  const count = list.reduce((sum, front) => sum + front.count, 0);
  const joined = (pick: (front: CandidateFront) => Float64Array, width: number) => {
    const all = new Float64Array(count * width);
    let at = 0;
    for (const front of list) {
      all.set(pick(front).subarray(0, front.count * width), at);
      at += front.count * width;
    }
    return all;
  };
  const classOf = new Int32Array(count);
  let from = 0;
  list.forEach((front, c) => {
    classOf.fill(c, from, from + front.count);
    from += front.count;
  });
  return {
    count,
    keys: joined((front) => front.keys, layout.keyLength),
    traffics: joined((front) => front.traffics, layout.trafficLength),
    names: joined((front) => front.names, 2),
    classes: [...fronts.keys()].map((arrays) => [...arrays]),
    classOf,
  };
}
