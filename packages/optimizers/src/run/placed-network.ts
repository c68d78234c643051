import { type Cost, emptyMachine, emptyNeeds, type Needs, type NestPoint, totalAreaUm2 } from "@loopnest/mapspace";
import type { Network } from "../network/network.js";
import { keepsLimits, limitsOf, objectiveValue, type Totals } from "../search/objective.js";
import type { LayerBudget } from "./layer-budget.js";

/**
 * A network on one hardware at a time: which mappings fit, and what they cost there. With the hardware fixed, layers
 * meet in the totals only, so a search can try the mappings of one layer without touching the others.
 */
export interface PlacedNetwork {
  readonly network: Network;
  /** What the hardware offers at every level. */
  readonly available: Needs;
  /** Needs of the point that was measured last. */
  readonly needs: Needs;
  /** Moves the network to a hardware. */
  place(sizes: Float64Array): void;
  /**
   * Log of what layer `i` at `point` needs beyond the hardware, summed over its limits; 0 if it fits. Costs nothing.
   */
  excess(i: number, point: NestPoint): number;
  /** Cost of layer `i` at the point whose excess was asked for last, which must be 0: one evaluation of a layer. */
  cost(i: number): Cost;
  /**
   * Value of the objective from the costs of all layers on this hardware. A broken limit multiplies it by the eighth
   * power of the excess, so that a search can tell which way is back.
   */
  value(costs: readonly Cost[]): number;
  /** Whether the costs of all layers on this hardware keep the objective's limits. */
  keeps(costs: readonly Cost[]): boolean;
}

const FIELDS = ["words", "x", "y"] as const;
const LIMIT_POWER = 8;
/** Where area alone counts, energy x delay breaks ties: what it falls by leaves room below a limit. */
const TIE_POWER = 1e-6;

/** @param budget Pays for every evaluation of a layer. */
export function makePlacedNetwork(network: Network, budget: Pick<LayerBudget, "spend">): PlacedNetwork {
  const { layers, levelCount, task } = network;
  const { objective, model } = task;
  const limits = limitsOf(objective);
  const machine = emptyMachine(levelCount);
  const available = emptyNeeds(levelCount);
  const needs = emptyNeeds(levelCount);
  let areaMm2 = 0;
  let moved: Cost = { energyPj: 0, latencyCycles: 0 };
  let measured: NestPoint | undefined;
  const totals = (costs: readonly Cost[]): Totals => {
    let { energyPj, latencyCycles } = moved;
    for (let i = 0; i < layers.length; i++) {
      energyPj += layers[i]!.count * costs[i]!.energyPj;
      latencyCycles += layers[i]!.count * costs[i]!.latencyCycles;
    }
    return { energyUj: energyPj / 1e6, latencyCycles, areaMm2 };
  };
  return {
    network,
    available,
    needs,
    place(sizes) {
      model.machine(sizes, "exact", machine);
      network.minimal.offers(sizes, available);
      // Rows are whole: rounding them up may leave room for a few words more than the sizes promise.
      available.words.set(machine.capacityWords);
      areaMm2 = totalAreaUm2(machine) / 1e6;
      moved = model.movementCost(network.movement, machine, "exact");
    },
    excess(i, point) {
      layers[i]!.model.needs(point.nest, needs);
      measured = point;
      let over = 0;
      for (const field of FIELDS) {
        for (let l = 0; l < levelCount; l++) {
          if (needs[field][l]! > available[field][l]!) over += Math.log(needs[field][l]! / available[field][l]!);
        }
      }
      return over;
    },
    cost(i) {
      const cost: Cost = { energyPj: 0, latencyCycles: 0 };
      budget.spend(1);
      layers[i]!.model.evaluate(measured!.nest, machine, "exact", cost);
      return cost;
    },
    keeps: (costs) => keepsLimits(objective, totals(costs)),
    value(costs) {
      const all = totals(costs);
      let over = 1;
      for (const { of, most } of limits) over *= Math.max(1, objectiveValue(of, all) / most);
      const value = objectiveValue(objective.name, all) * over ** LIMIT_POWER;
      return objective.name === "area" ? value * objectiveValue("edp", all) ** TIE_POWER : value;
    },
  };
}
