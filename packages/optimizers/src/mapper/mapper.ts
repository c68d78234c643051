import {
  type Cost,
  clonePoint,
  copyPoint,
  emptyMachine,
  emptyNeeds,
  type Needs,
  type NestPoint,
  reorder,
} from "@loopnest/mapspace";
import { type Network, raiseNeeds } from "../network.js";
import { keepsLimits, objectiveValue } from "../objective.js";
import type { Random } from "../random.js";
import { archive } from "./archive.js";
import { applies, apply, type Move, movesOf, undo } from "./moves.js";
import { chooseOrders, orderChoices } from "./orders.js";

/**
 * How far a layer's search looks: one prime move at a time; or, where no single one helps, a factor moved out to the outermost
 * level and another one, of any dimension, moved in from there: what one tile gives up another can use.
 */
export type Reach = "single" | "swap";

/**
 * The mappings of a network on one hardware at a time, improved layer by layer with the exact model: coordinate descent over
 * prime factors and loop orders.
 *
 * With the hardware fixed, layers meet in the totals only, so a neighbour of one layer costs one evaluation of that layer:
 * 1 / layers of a sample.
 */
export interface Mapper {
  /** One point per layer, with integer factors. */
  readonly points: readonly NestPoint[];
  /** Moves the network to a hardware, keeping its mappings: one sample. */
  place(sizes: Float64Array): void;
  /** Moves the network to the smallest hardware of its mappings; returns those sizes, or null if there is none. */
  shrink(): Float64Array | null;
  /** Makes layers that do not fit fit: from the best mapping remembered that does, or by moving factors outwards. */
  refit(): void;
  /**
   * Improves all layers until none gets better.
   *
   * @param beyond Look only at neighbours that need more than this: those that a larger hardware has made possible.
   */
  improve(reach: Reach, beyond?: Needs): void;
  /** Present sizes, and what they offer. */
  readonly sizes: Float64Array;
  readonly available: Needs;
  /** Shakes one layer by `strength` random moves and improves it; keeps the outcome if it is better (iterated local search). */
  shake(layer: number, strength: number, reach: Reach, random: Random): void;
  /** Share of a layer in energy plus its share in latency. */
  share(layer: number): number;
  /** Value of the objective; `Infinity` if a layer does not fit or a limit is broken. */
  value(): number;
}

const FIELDS = ["words", "x", "y"] as const;
const ARCHIVE_CAPACITY = 40;
/** Rounds over all layers: the totals that weigh energy against latency shift a little with each. */
const MAX_ROUNDS = 3;
const BETTER = 1 - 1e-12;
/** Rank from which a layer does not fit. */
const UNFIT = 1e200;
/** How often a perturbation draws a new loop order for a level. */
const REORDER_SHARE = 0.3;

/**
 * @param points Start: integer points, one per layer; changed in place.
 * @param spend Called with the samples spent.
 * @param done Asked often; true stops every improvement where it is.
 */
export function mapper(
  network: Network,
  points: readonly NestPoint[],
  spend: (samples: number) => void,
  done: () => boolean,
): Mapper {
  const { layers, levelCount, task } = network;
  const machine = emptyMachine(levelCount);
  const available = emptyNeeds(levelCount);
  const needs = emptyNeeds(levelCount);
  const all = emptyNeeds(levelCount);
  const sizes = new Float64Array(network.fixed.length);
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  const moves = points.map(movesOf);
  const outward = points.map((point, i) => moves[i]!.filter(({ to }) => point.space.slots[to]!.level === 0));
  const inward = points.map((point, i) => moves[i]!.filter(({ from }) => point.space.slots[from]!.level === 0));
  const orders = points.map((point) => orderChoices(point.space));
  const scratch = points.map(clonePoint);
  const archives = points.map(() => archive(ARCHIVE_CAPACITY));
  const excess = new Float64Array(layers.length);
  const energyPj = new Float64Array(layers.length);
  const latencyCycles = new Float64Array(layers.length);
  let otherEnergyPj = 0;
  let otherLatencyCycles = 0;
  let areaMm2 = 0;

  const objective = (totalEnergyPj: number, totalLatencyCycles: number) => {
    const totals = { energyUj: totalEnergyPj / 1e6, latencyCycles: totalLatencyCycles, areaMm2 };
    return objectiveValue(task.objective.name, totals) * (keepsLimits(task.objective, totals) ? 1 : 1e9);
  };

  /** Totals of all layers but i. */
  const focus = (i: number) => {
    otherEnergyPj = 0;
    otherLatencyCycles = 0;
    for (let j = 0; j < layers.length; j++) {
      if (j === i) continue;
      otherEnergyPj += layers[j]!.count * energyPj[j]!;
      otherLatencyCycles += layers[j]!.count * latencyCycles[j]!;
    }
  };

  /** Log excess of layer i's needs over the hardware, 0 if it fits: then its cost is in `cost`. */
  const measure = (i: number): number => {
    const { model } = layers[i]!;
    model.needs(points[i]!.nest, needs);
    let over = 0;
    for (const field of FIELDS) {
      for (let l = 0; l < levelCount; l++) {
        if (needs[field][l]! > available[field][l]!) over += Math.log(needs[field][l]! / available[field][l]!);
      }
    }
    if (over > 0) return over;
    spend(1 / layers.length);
    model.evaluate(points[i]!.nest, machine, "exact", cost);
    return 0;
  };

  /** Rank of layer i as it stands, with `focus(i)` before: what does not fit comes after all that fits; last, once `done`. */
  const rank = (i: number): number => {
    if (done()) return Number.POSITIVE_INFINITY;
    const over = measure(i);
    if (over > 0) return UNFIT * (1 + over);
    const { count } = layers[i]!;
    return objective(otherEnergyPj + count * cost.energyPj, otherLatencyCycles + count * cost.latencyCycles);
  };

  /** Rank of layer i as it was settled, with `focus(i)` before: no evaluation. */
  const settledRank = (i: number): number => {
    if (excess[i]! > 0) return UNFIT * (1 + excess[i]!);
    const { count } = layers[i]!;
    return objective(otherEnergyPj + count * energyPj[i]!, otherLatencyCycles + count * latencyCycles[i]!);
  };

  const settle = (i: number) => {
    excess[i] = measure(i);
    if (excess[i]! > 0) return;
    energyPj[i] = cost.energyPj;
    latencyCycles[i] = cost.latencyCycles;
    archives[i]!.add(points[i]!, needs, cost.energyPj * cost.latencyCycles);
  };

  const exceeds = (i: number, limit: Needs): boolean => {
    layers[i]!.model.needs(points[i]!.nest, needs);
    return FIELDS.some((field) => needs[field].some((need, l) => need > limit[field][l]!));
  };

  /** Takes the best of the moves if it helps; returns the rank reached. */
  const step = (i: number, best: number, tried: readonly Move[], beyond: Needs | null): number => {
    const point = points[i]!;
    let chosen: Move | null = null;
    let least = best;
    for (const move of tried) {
      if (!applies(point, move)) continue;
      apply(point, move);
      const candidate = beyond === null || exceeds(i, beyond) ? rank(i) : Number.POSITIVE_INFINITY;
      undo(point, move);
      if (candidate >= least * BETTER) continue;
      least = candidate;
      chosen = move;
    }
    if (chosen !== null) apply(point, chosen);
    return least;
  };

  const improveLayer = (i: number, reach: Reach, beyond: Needs | null): boolean => {
    const point = points[i]!;
    focus(i);
    const before = settledRank(i);
    let best = before;
    for (let again = true; again && !done(); ) {
      const stepped = step(i, best, moves[i]!, beyond);
      again = stepped < best;
      best = stepped;
      if (!again && beyond === null) {
        const ordered = chooseOrders(point, orders[i]!, () => rank(i));
        again = ordered < best * BETTER;
        best = Math.min(best, ordered);
      }
      if (again || reach === "single") continue;
      for (const out of outward[i]!) {
        if (!applies(point, out)) continue;
        apply(point, out);
        const swapped = step(i, best, inward[i]!, null);
        again = swapped < best;
        best = swapped;
        if (again) break;
        undo(point, out);
      }
    }
    if (best < before * BETTER) settle(i);
    return best < before * BETTER;
  };

  const place = (to: Float64Array) => {
    sizes.set(to);
    task.model.machine(sizes, "exact", machine);
    network.minimal.offers(sizes, available);
    // Rows are whole: rounding them up may leave room for a few words more than the sizes promise.
    available.words.set(machine.capacityWords);
    areaMm2 = machine.areaUm2.reduce((sum, area) => sum + area, 0) / 1e6;
    for (let i = 0; i < layers.length; i++) settle(i);
  };

  return {
    points,
    available,
    sizes,
    place,
    shrink() {
      for (const field of FIELDS) all[field].fill(0);
      for (let i = 0; i < layers.length; i++) {
        layers[i]!.model.needs(points[i]!.nest, needs);
        raiseNeeds(all, needs);
      }
      const smallest = new Float64Array(sizes.length);
      if (!network.minimal.solve(all, network.fixed, true, smallest)) return null;
      if (smallest.some((size, k) => size !== sizes[k])) place(smallest);
      return smallest;
    },
    refit() {
      for (let i = 0; i < layers.length && !done(); i++) {
        if (excess[i] === 0) continue;
        focus(i);
        const point = points[i]!;
        copyPoint(point, scratch[i]!);
        let best = Number.POSITIVE_INFINITY;
        for (const entry of archives[i]!.entries) {
          copyPoint(entry.point, point);
          const candidate = rank(i);
          if (candidate >= best || candidate >= UNFIT) continue;
          best = candidate;
          copyPoint(point, scratch[i]!);
        }
        copyPoint(scratch[i]!, point);
        settle(i);
        improveLayer(i, "single", null);
      }
    },
    improve(reach, beyond) {
      for (let round = 0, again = true; again && round < MAX_ROUNDS && !done(); round++) {
        again = false;
        for (let i = 0; i < layers.length && !done(); i++) again = improveLayer(i, reach, beyond ?? null) || again;
      }
    },
    shake(i, strength, reach, random) {
      const point = points[i]!;
      const before = {
        point: clonePoint(point),
        energyPj: energyPj[i]!,
        latencyCycles: latencyCycles[i]!,
        excess: excess[i]!,
      };
      focus(i);
      const best = settledRank(i);
      for (let k = 0; k < strength; ) {
        const move = random.pick(moves[i]!);
        if (!applies(point, move)) continue;
        apply(point, move);
        k++;
      }
      for (const { level, orders: choices } of orders[i]!) {
        if (random.uniform() < REORDER_SHARE) reorder(point, level, random.pick(choices));
      }
      settle(i);
      improveLayer(i, reach, null);
      focus(i);
      if (settledRank(i) < best * BETTER) return;
      copyPoint(before.point, point);
      energyPj[i] = before.energyPj;
      latencyCycles[i] = before.latencyCycles;
      excess[i] = before.excess;
    },
    share(i) {
      const { count } = layers[i]!;
      focus(-1);
      return (count * energyPj[i]!) / otherEnergyPj + (count * latencyCycles[i]!) / otherLatencyCycles;
    },
    value() {
      if (excess.some((over) => over > 0)) return Number.POSITIVE_INFINITY;
      focus(-1);
      return objective(otherEnergyPj, otherLatencyCycles);
    },
  };
}
