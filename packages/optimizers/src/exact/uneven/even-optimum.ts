import { type CostAccount, emptyNeeds, type LayerModel, type Machine, unflatten } from "@loopnest/mapspace";
import { splits } from "../enumerate/splits.js";
import type { Weights } from "./placement.js";
import type { PlacedLayer, WeightedOptimum } from "./weighted-optimum.js";

/**
 * The same over even mappings alone, of any layer: goes through all of them once, and keeps those that may be of use.
 */
export function makeEvenOptimum(layer: LayerModel, account: CostAccount, machine: Machine): WeightedOptimum {
  let front: PlacedLayer[] | null = null;
  const value = (weights: Weights, point: PlacedLayer) =>
    weights.energy * point.energyPj + weights.latency * point.latencyCycles;
  const find = (weights: Weights) => {
    front ??= evenFront(layer, account, machine);
    return front.reduce<PlacedLayer | null>(
      (a, b) => (a === null || value(weights, b) < value(weights, a) ? b : a),
      null,
    );
  };
  return {
    find,
    least(weights) {
      const found = find(weights);
      return found === null ? Number.POSITIVE_INFINITY : value(weights, found);
    },
  };
}

function evenFront(layer: LayerModel, account: CostAccount, machine: Machine): PlacedLayer[] {
  const { space } = layer;
  const names = space.target.levels.map(({ name }) => name);
  const fanOut = (l: number) => {
    const x = machine.meshX[l + 1]! / machine.meshX[l]!;
    return { x, y: machine.instances[l + 1]! / machine.instances[l]! / x };
  };
  const all = splits(space, (slot) => {
    const { kind, level } = space.slots[slot]!;
    return kind === "temporal" ? Number.POSITIVE_INFINITY : kind === "X" ? fanOut(level).x : fanOut(level).y;
  });
  const needs = emptyNeeds(machine.levelCount);
  const fits = () =>
    needs.words.every(
      (words, l) => words <= machine.capacityWords[l]! && needs.x[l]! <= fanOut(l).x && needs.y[l]! <= fanOut(l).y,
    );
  const cost = { energyPj: 0, latencyCycles: 0 };
  const nest = space.nest();
  let front: PlacedLayer[] = [];
  for (const _ of all.each(nest)) {
    layer.needs(nest, needs);
    if (!fits()) continue;
    account.forSufficientOrders(nest, () => {
      layer.evaluate(nest, machine, "exact", cost);
      const beaten = (a: typeof cost, b: typeof cost) => a.energyPj <= b.energyPj && a.latencyCycles <= b.latencyCycles;
      if (front.some((point) => beaten(point, cost))) return;
      front = front.filter((point) => !beaten(cost, point));
      const copy = { ...nest, dim: nest.dim.slice(), factor: nest.factor.slice() };
      const { reads, updates, levelCount } = account.traffic;
      let words = 0;
      for (let cell = 0; cell < reads.length; cell += levelCount) words += reads[cell]! + updates[cell]!;
      front.push({ ...cost, outermostWords: words, nest: copy, mapping: unflatten(space.shape, names, nest) });
    });
  }
  return front;
}
