import {
  type Machine,
  type Needs,
  type NestPoint,
  clonePoint,
  copyPoint,
  emptyMachine,
  emptyNeeds,
} from "@loopnest/mapspace";
import { type Move, applies, apply, movesOf, undo } from "../layer-moves.js";
import type { Network } from "../network.js";
import { keepsLimits, objectiveValue } from "../objective.js";
import { type OrderChoices, chooseOrders, orderChoices } from "./orders.js";

/**
 * The mappings of a network on one hardware, improved layer by layer by exact evaluations: coordinate descent over divisors.
 *
 * With the hardware fixed, layers couple through the totals only, so trying a neighbour of one layer costs one evaluation of
 * that layer: 1 / layers of a sample.
 */
export interface Polisher {
  readonly points: readonly NestPoint[];
  /** Puts the network on hardware; returns false if a layer does not fit. Costs one sample. */
  place(sizes: Float64Array): boolean;
  /** Improves every layer until no single move helps, or `done` says stop; what does not fit is made to fit first. */
  improve(thorough: boolean): void;
  /** Value of the objective, `Infinity` if a layer does not fit or a limit is broken. */
  value(): number;
}

const FIELDS = ["words", "x", "y"] as const;

/**
 * @param points Integer points, one per layer: changed in place.
 * @param spend Called with the samples spent.
 */
export function polisher(
  network: Network,
  points: readonly NestPoint[],
  spend: (samples: number) => void,
  done: () => boolean,
): Polisher {
  const { layers, levelCount, task } = network;
  const machine: Machine = emptyMachine(levelCount);
  const available: Needs = emptyNeeds(levelCount);
  const needs = emptyNeeds(levelCount);
  const cost = { energyPj: 0, latencyCycles: 0 };
  const moves = points.map(movesOf);
  const orders: OrderChoices[][] = points.map((point) => orderChoices(point.space));
  const saved = points.map(clonePoint);
  const excess = new Float64Array(layers.length);
  const energyPj = new Float64Array(layers.length);
  const latencyCycles = new Float64Array(layers.length);
  let areaMm2 = 0;

  /** Objective if layer i had the given cost and all others theirs; limits broken count as excess, like capacities. */
  const objective = (i: number, energy: number, latency: number) => {
    let totalEnergy = 0;
    let totalLatency = 0;
    for (let j = 0; j < layers.length; j++) {
      totalEnergy += layers[j]!.count * (j === i ? energy : energyPj[j]!);
      totalLatency += layers[j]!.count * (j === i ? latency : latencyCycles[j]!);
    }
    const totals = { energyUj: totalEnergy / 1e6, latencyCycles: totalLatency, areaMm2 };
    return objectiveValue(task.objective.name, totals) * (keepsLimits(task.objective, totals) ? 1 : 1e6);
  };

  /** Log excess of layer i's needs over the hardware, and its cost. */
  const measure = (i: number): number => {
    const { model } = layers[i]!;
    model.needs(points[i]!.nest, needs);
    let over = 0;
    for (const field of FIELDS) {
      for (let l = 0; l < levelCount; l++) {
        if (needs[field][l]! > available[field][l]!) over += Math.log(needs[field][l]! / available[field][l]!);
      }
    }
    if (over === 0) {
      spend(1 / layers.length);
      model.evaluate(points[i]!.nest, machine, "exact", cost);
    }
    return over;
  };

  /** Rank of layer i as it stands: what does not fit comes after all that fits. */
  const rank = (i: number): number => {
    const over = measure(i);
    return over > 0 ? 1e100 * (1 + over) : objective(i, cost.energyPj, cost.latencyCycles);
  };

  const settle = (i: number) => {
    excess[i] = measure(i);
    if (excess[i] === 0) {
      energyPj[i] = cost.energyPj;
      latencyCycles[i] = cost.latencyCycles;
    }
  };

  const improveLayer = (i: number, thorough: boolean): boolean => {
    const point = points[i]!;
    let best = rank(i);
    const before = best;
    const step = (tried: readonly Move[]): boolean => {
      let chosen: Move | null = null;
      for (const move of tried) {
        if (!applies(point, move)) continue;
        apply(point, move);
        const candidate = rank(i);
        undo(point, move);
        if (candidate >= best * (1 - 1e-12)) continue;
        best = candidate;
        chosen = move;
      }
      if (chosen !== null) apply(point, chosen);
      return chosen !== null;
    };
    for (let again = true; again && !done(); ) {
      again = step(moves[i]!);
      if (!again) {
        const chosen = chooseOrders(point, orders[i]!, () => rank(i)).cost;
        again = chosen < best * (1 - 1e-12);
        best = Math.min(best, chosen);
      }
      if (!again && thorough) {
        for (const first of moves[i]!) {
          if (!applies(point, first)) continue;
          apply(point, first);
          again = step(moves[i]!);
          if (again) break;
          undo(point, first);
        }
      }
    }
    settle(i);
    return best < before * (1 - 1e-12);
  };

  return {
    points,
    place(sizes) {
      task.model.machine(sizes, "exact", machine);
      network.minimal.offers(sizes, available);
      for (let l = 0; l < levelCount; l++) available.words[l] = machine.capacityWords[l]!;
      areaMm2 = machine.areaUm2.reduce((sum, area) => sum + area, 0) / 1e6;
      for (let i = 0; i < layers.length; i++) settle(i);
      return excess.every((over) => over === 0);
    },
    improve(thorough) {
      for (let i = 0; i < layers.length; i++) copyPoint(points[i]!, saved[i]!);
      for (let round = 0, again = true; again && round < 3 && !done(); round++) {
        again = false;
        for (let i = 0; i < layers.length && !done(); i++) again = improveLayer(i, thorough) || again;
      }
    },
    value: () => (excess.every((over) => over === 0) ? objective(-1, 0, 0) : Number.POSITIVE_INFINITY),
  };
}
