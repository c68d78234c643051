import {
  type Cost,
  clonePoint,
  copyPoint,
  emptyNeeds,
  type Needs,
  type NestPoint,
  type Random,
  reorder,
} from "@loopnest/mapspace";
import { raiseNeeds } from "../network/network.js";
import type { PlacedNetwork } from "../network/placed-network.js";
import { makeArchive } from "./archive.js";
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
  /** Present sizes. */
  readonly sizes: Float64Array;
  /** Shakes one layer by `strength` random moves and improves it; keeps the outcome if it is better (iterated local search). */
  shake(layer: number, strength: number, reach: Reach, random: Random): void;
  /** Share of a layer in energy plus its share in latency. */
  share(layer: number): number;
  /** Value of the objective, raised where a limit is broken (`PlacedNetwork`); `Infinity` if a layer does not fit. */
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
 * @param done Asked often; true stops every improvement where it is.
 */
export function makeMapper(placed: PlacedNetwork, points: readonly NestPoint[], done: () => boolean): Mapper {
  const { layers, levelCount, minimal, fixed } = placed.network;
  const all = emptyNeeds(levelCount);
  const sizes = new Float64Array(fixed.length);
  const moves = points.map(movesOf);
  const outward = points.map((point, i) => moves[i]!.filter(({ to }) => point.space.slots[to]!.level === 0));
  const inward = points.map((point, i) => moves[i]!.filter(({ from }) => point.space.slots[from]!.level === 0));
  const orders = points.map((point) => orderChoices(point.space));
  const archives = points.map(() => makeArchive(ARCHIVE_CAPACITY));
  const excess = new Float64Array(layers.length);
  const costs: Cost[] = layers.map(() => ({ energyPj: 0, latencyCycles: 0 }));

  /** Objective with another cost of layer i. */
  const valueWith = (i: number, cost: Cost): number => {
    const own = costs[i]!;
    costs[i] = cost;
    const value = placed.value(costs);
    costs[i] = own;
    return value;
  };

  /** Rank of layer i as it stands: what does not fit comes after all that fits; last of all, once `done`. */
  const rank = (i: number): number => {
    if (done()) return Number.POSITIVE_INFINITY;
    const over = placed.excess(i, points[i]!);
    return over > 0 ? UNFIT * (1 + over) : valueWith(i, placed.cost(i));
  };

  /** Rank of layer i as it was settled: no evaluation. */
  const settledRank = (i: number): number => (excess[i]! > 0 ? UNFIT * (1 + excess[i]!) : placed.value(costs));

  const settle = (i: number) => {
    excess[i] = placed.excess(i, points[i]!);
    if (excess[i]! > 0) return;
    const cost = placed.cost(i);
    costs[i] = cost;
    archives[i]!.add(points[i]!, placed.needs, cost.energyPj * cost.latencyCycles);
  };

  const exceeds = (i: number, limit: Needs): boolean => {
    placed.excess(i, points[i]!);
    return FIELDS.some((field) => placed.needs[field].some((need, l) => need > limit[field][l]!));
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
    placed.place(sizes);
    for (let i = 0; i < layers.length; i++) settle(i);
  };

  return {
    points,
    sizes,
    place,
    shrink() {
      for (const field of FIELDS) all[field].fill(0);
      for (let i = 0; i < layers.length; i++) {
        placed.excess(i, points[i]!);
        raiseNeeds(all, placed.needs);
      }
      const smallest = new Float64Array(sizes.length);
      if (!minimal.solve(all, fixed, true, smallest)) return null;
      if (smallest.some((size, k) => size !== sizes[k])) place(smallest);
      return smallest;
    },
    refit() {
      for (let i = 0; i < layers.length && !done(); i++) {
        if (excess[i] === 0) continue;
        const point = points[i]!;
        let chosen = clonePoint(point);
        let best = UNFIT;
        for (const entry of archives[i]!.entries) {
          copyPoint(entry.point, point);
          const candidate = rank(i);
          if (candidate >= best) continue;
          best = candidate;
          chosen = entry.point;
        }
        copyPoint(chosen, point);
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
      if (moves[i]!.length === 0) return;
      const point = points[i]!;
      const before = { point: clonePoint(point), cost: costs[i]!, excess: excess[i]!, rank: settledRank(i) };
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
      if (settledRank(i) < before.rank * BETTER) return;
      copyPoint(before.point, point);
      costs[i] = before.cost;
      excess[i] = before.excess;
    },
    share(i) {
      const sum = (of: (cost: Cost) => number) =>
        costs.reduce((total, cost, j) => total + layers[j]!.count * of(cost), 0);
      const { energyPj, latencyCycles } = costs[i]!;
      const { count } = layers[i]!;
      return (
        (count * energyPj) / sum((cost) => cost.energyPj) + (count * latencyCycles) / sum((cost) => cost.latencyCycles)
      );
    },
    value: () => (excess.some((over) => over > 0) ? Number.POSITIVE_INFINITY : placed.value(costs)),
  };
}
