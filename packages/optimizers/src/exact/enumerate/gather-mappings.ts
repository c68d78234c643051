import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import { arrayMachine, type Extremes, extremes, largestCapacities } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { LeastCosts } from "../space/least-costs.js";
import { type ArrayClass, makeAdmission } from "./admission.js";
import { type CandidateFront, type Candidates, makeCandidateFront } from "./candidate-front.js";
import type { CandidateLayout } from "./candidate-layout.js";
import { layerLayout } from "./layer-layout.js";
import { accountOf, layerSplits } from "./layer-splits.js";
import { type Pulse, walkLayer } from "./layer-walk.js";

/** Mappings of a layer as plain data, which may go from one thread to another. */
export interface GatheredMappings extends Candidates {
  /** Lists of arrays, ascending, and for every mapping the number of the list of those on which it runs. */
  readonly classes: readonly (readonly number[])[];
  readonly classOf: Int32Array;
}

/**
 * Goes through the mappings of a layer, in a sufficient set of orders, and keeps those that may be of use on one of the
 * given arrays.
 *
 * @param wanted Whether a mapping may be of use that costs no less than this, whatever the hardware.
 * @returns `null` if the pulse says stop.
 */
export async function gatherMappings(
  space: HardwareSpace,
  task: SearchTask,
  layer: NetworkLayer,
  arrays: readonly number[],
  least: LeastCosts,
  wanted: (latencyCycles: number, energyPj: number) => boolean,
  pulse: Pulse,
): Promise<GatheredMappings | null> {
  const account = accountOf(task, layer);
  const layout = layerLayout(space, layer);
  const classOf = makeAdmission(space, arrays);
  const machines = new Map(arrays.map((a) => [a, arrayMachine(space, task.model, a, "smallest")]));
  const reference = machines.get(arrays[0]!)!;
  const capacities = largestCapacities(space, task.model, arrays);
  const fronts = new Map<ArrayClass, { readonly front: CandidateFront; readonly limits: Extremes }>();
  const all = layerSplits(space, layer, arrays);
  const done = await walkLayer(
    { space, task, layer, all, least, counted: reference },
    {
      wanted,
      fits: (needs) => !exceeds(needs.words, capacities) && classOf(needs).size > 0,
      visit({ needs, entry, split, order }) {
        const runsOn = classOf(needs);
        let known = fronts.get(runsOn);
        if (known === undefined) {
          const limits = extremes([...runsOn].map((a) => machines.get(a)!));
          known = { front: makeCandidateFront(layout), limits };
          fronts.set(runsOn, known);
        }
        layout.write(needs, account, reference, known.limits, entry);
        known.front.add(entry, split, order);
      },
      pulse,
    },
  );
  return done ? gathered(layout, new Map([...fronts].map(([runsOn, { front }]) => [runsOn, front]))) : null;
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
