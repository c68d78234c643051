import {
  type Cost,
  type LayerModel,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapping,
} from "@loopnest/mapspace";
import { cheapestPlacement } from "./cheapest-placement.js";
import { outermostWords } from "./outermost-words.js";
import { leastValue } from "./outlook.js";
import { placedMapping } from "./placed-mapping.js";
import type { Weights } from "./placement.js";
import { makePlacementPlan, type PlacementPlan } from "./plan.js";
import { unrollings } from "./unrollings.js";

/** A mapping with the nest whose spatial loops and bounds it has. */
export interface PlacedLayer extends Cost {
  readonly mapping: Mapping;
  readonly nest: LoopNest;
  /** Words read from the outermost level and written to it. */
  readonly outermostWords: number;
}

/** The mappings of a layer by weighted sums of energy and latency, over all uneven mappings of its mapspace. */
export interface WeightedOptimum {
  /** The one with the least sum; `null` if none fits. */
  find(weights: Weights): PlacedLayer | null;
  /** A value that none has less of, without going through them; infinite if none fits. */
  least(weights: Weights): number;
}

/**
 * Steps in which the value to beat rises until something is found: a bound that is nearly attained leaves little to go
 * through.
 */
const FIRST_STEP = 1.02;
/** Plans that are kept rather than made again. */
const KEPT_PLANS = 16;

/** @throws LoopnestError `unsupported` if the model cannot say what store nodes of the layer cost. */
export function makeWeightedOptimum(name: string, layer: LayerModel, machine: Machine): WeightedOptimum {
  const { placement: account } = layer;
  if (account === undefined || account.refusal !== null) {
    throw new LoopnestError({
      code: "unsupported",
      path: "workload.layers",
      problem:
        `uneven mappings of ${name} are not searched: ` +
        `${account?.refusal ?? "the model does not say what store nodes cost"}`,
      fix: "map this layer without --uneven",
    });
  }
  const nests = unrollings(layer, machine);
  const kept = new Map<LoopNest, PlacementPlan>();
  const planOf = (nest: LoopNest): PlacementPlan => {
    let plan = kept.get(nest);
    if (plan === undefined) {
      if (kept.size >= KEPT_PLANS) kept.delete(kept.keys().next().value!);
      plan = makePlacementPlan(layer, account, machine, nest);
      kept.set(nest, plan);
    }
    return plan;
  };
  const bounded = (weights: Weights) =>
    nests
      .map((nest) => ({ nest, least: leastValue(planOf(nest), weights) }))
      .filter(({ least }) => Number.isFinite(least))
      .sort((a, b) => a.least - b.least);
  return {
    least: (weights) => bounded(weights)[0]?.least ?? Number.POSITIVE_INFINITY,
    find(weights) {
      const all = bounded(weights);
      const first = all[0];
      if (first === undefined) return null;
      for (let step = FIRST_STEP, limit = first.least * step; ; step = step * step, limit = first.least * step) {
        let below = limit;
        let best: PlacedLayer | null = null;
        for (const { nest, least } of all) {
          if (least >= below) break;
          const plan = planOf(nest);
          const found = cheapestPlacement(plan, weights, below);
          if (found === null) continue;
          below = found.value;
          const mapping = placedMapping(layer, plan, found.events);
          const words = outermostWords(plan, account, machine, found.events);
          best = { mapping, nest, outermostWords: words, ...account.cost(mapping, machine) };
        }
        if (best !== null || limit === Number.POSITIVE_INFINITY) return best;
      }
    },
  };
}
