import type { Cost, NestPoint } from "@loopnest/mapspace";
import type { LayerBudget } from "../run/layer-budget.js";
import type { PlacedNetwork } from "../run/placed-network.js";

/** Machines whose costs are remembered: the one gone on from, and those tried since it was left. */
const MACHINES = 6;
/**
 * So many mappings remembered cost as much as one evaluated: what is known already takes time, too, and a search of a
 * mapspace with few mappings has to end.
 */
const FREE = 8;

/** A placed network that evaluates no mapping twice on a machine it remembers. */
export interface RememberedCosts extends PlacedNetwork {
  /** Costs asked for so far, remembered or not: a measure of the work done. */
  readonly asked: number;
}

/** @param budget Pays for what is remembered, too, if little. */
export function rememberCosts(placed: PlacedNetwork, budget: Pick<LayerBudget, "spend">): RememberedCosts {
  const { layers } = placed.network;
  /** By sizes, the machine met last at the end; per layer, costs by mapping. */
  const machines = new Map<string, readonly Map<string, Cost>[]>();
  let here: readonly Map<string, Cost>[] = [];
  let measured: NestPoint | undefined;
  let asked = 0;
  let known = 0;
  return {
    ...placed,
    get asked() {
      return asked;
    },
    place(sizes) {
      const name = sizes.join();
      here = machines.get(name) ?? layers.map(() => new Map<string, Cost>());
      machines.delete(name);
      machines.set(name, here);
      if (machines.size > MACHINES) machines.delete(machines.keys().next().value!);
      placed.place(sizes);
    },
    excess(i, point) {
      measured = point;
      return placed.excess(i, point);
    },
    cost(i) {
      asked++;
      const name = nameOf(measured!);
      const remembered = here[i]!.get(name);
      if (remembered === undefined) {
        const cost = placed.cost(i);
        here[i]!.set(name, cost);
        return cost;
      }
      if (++known % FREE === 0) budget.spend(1);
      return remembered;
    },
  };
}

/** The loops of a mapping that do something, in their order, each as slot and factor: a text for a key. */
function nameOf({ nest, slotOf }: NestPoint): string {
  let name = "";
  for (let loop = 0; loop < slotOf.length; loop++) {
    const factor = nest.factor[loop]!;
    if (factor > 1) name += String.fromCharCode(slotOf[loop]!, factor & 0xffff, factor / 0x10000);
  }
  return name;
}
