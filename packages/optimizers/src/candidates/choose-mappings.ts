import type { NestPoint } from "@loopnest/mapspace";
import { evaluateDesign } from "../network/network.js";
import type { PlacedNetwork } from "../run/placed-network.js";
import type { SearchRun } from "../run/search-run.js";
import { layerValue } from "../search/objective.js";
import type { CostedMapping, LayerFront } from "./layer-front.js";

/**
 * Chooses a mapping per layer so that the objective of the whole network is low: from the mappings that are best for
 * each layer alone, one layer after the other takes the mapping that suits the totals best, until none changes. Costs
 * are known: nothing is spent.
 *
 * @returns `null` if a layer has no mapping.
 */
function chooseMappings(placed: PlacedNetwork, fronts: readonly LayerFront[]): CostedMapping[] | null {
  if (fronts.some(({ mappings }) => mappings.length === 0)) return null;
  const { name } = placed.network.task.objective;
  const alone = ({ cost }: CostedMapping) => layerValue(name, cost);
  const chosen = fronts.map(({ mappings }) => mappings.reduce((a, b) => (alone(b) < alone(a) ? b : a)));
  const costs = chosen.map(({ cost }) => cost);
  for (let again = true; again; ) {
    again = false;
    fronts.forEach(({ mappings }, i) => {
      let least = placed.value(costs);
      for (const mapping of mappings) {
        costs[i] = mapping.cost;
        const value = placed.value(costs);
        if (value >= least) continue;
        least = value;
        chosen[i] = mapping;
        again = true;
      }
      costs[i] = chosen[i]!.cost;
    });
  }
  return chosen;
}

/** Mappings that were chosen, and the value of the design they make: `Infinity` if it breaks a limit. */
export interface Chosen {
  readonly points: readonly NestPoint[];
  readonly value: number;
}

/**
 * Chooses mappings and hands them to the record on the smallest hardware that holds them: one sample.
 *
 * @returns `null` if a layer has no mapping.
 */
export function offerSmallest(run: SearchRun, fronts: readonly LayerFront[]): Chosen | null {
  const { network, placed, budget, record, buffers } = run;
  const chosen = chooseMappings(placed, fronts);
  if (chosen === null) return null;
  budget.spend(network.layers.length);
  const points = chosen.map(({ point }) => point);
  const nests = points.map(({ nest }) => nest);
  const design = evaluateDesign(network, nests, buffers);
  record.offer(design);
  return { points, value: design?.value ?? Number.POSITIVE_INFINITY };
}
