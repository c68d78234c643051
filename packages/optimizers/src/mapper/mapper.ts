import { type Cost, clonePoint, copyPoint, emptyMachine, emptyNeeds, type NestPoint } from "@loopnest/mapspace";
import { type Network, raiseNeeds } from "../network.js";
import { keepsLimits, objectiveValue } from "../objective.js";
import type { Random } from "../random.js";
import { type Archive, archive } from "./archive.js";
import { applies, apply, type Move, movesOf, undo } from "./moves.js";
import { chooseOrders, orderChoices } from "./orders.js";
import { randomTiling } from "./random-tiling.js";

/** How far a layer's search looks: one prime move at a time, or pairs of moves where no single one helps. */
export type Reach = "single" | "pairs";

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
  /** Replaces layers' mappings by remembered ones that are better here. */
  recall(): void;
  /** Improves all layers until none gets better. What does not fit is made to fit first. */
  improve(reach: Reach): void;
  /** Tries a random mapping of one layer, improved, in place of the current one. */
  restart(layer: number, random: Random): void;
  /** Value of the objective; `Infinity` if a layer does not fit or a limit is broken. */
  value(): number;
  /** Everything that fitting needs of every remembered mapping of a layer. */
  readonly archives: readonly Archive[];
}

const FIELDS = ["words", "x", "y"] as const;
const ARCHIVE_CAPACITY = 40;
/** Rounds over all layers: the totals that weigh energy against latency shift a little with each. */
const MAX_ROUNDS = 3;
const BETTER = 1 - 1e-12;

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

  /** Rank of layer i as it stands, with `focus(i)` before: whatever does not fit comes after all that fits. */
  const rank = (i: number): number => {
    const over = measure(i);
    if (over > 0) return 1e200 * (1 + over);
    const { count } = layers[i]!;
    return objective(otherEnergyPj + count * cost.energyPj, otherLatencyCycles + count * cost.latencyCycles);
  };

  const settle = (i: number) => {
    excess[i] = measure(i);
    if (excess[i]! > 0) return;
    energyPj[i] = cost.energyPj;
    latencyCycles[i] = cost.latencyCycles;
    archives[i]!.add(points[i]!, needs, cost.energyPj * cost.latencyCycles);
  };

  /** Takes the best of the moves if it helps; returns the rank reached. */
  const step = (i: number, best: number): number => {
    const point = points[i]!;
    let chosen: Move | null = null;
    let least = best;
    for (const move of moves[i]!) {
      if (!applies(point, move)) continue;
      apply(point, move);
      const candidate = rank(i);
      undo(point, move);
      if (candidate >= least * BETTER) continue;
      least = candidate;
      chosen = move;
    }
    if (chosen !== null) apply(point, chosen);
    return least;
  };

  const improveLayer = (i: number, reach: Reach): boolean => {
    const point = points[i]!;
    focus(i);
    const before = rank(i);
    let best = before;
    for (let again = true; again && !done(); ) {
      const stepped = step(i, best);
      again = stepped < best;
      best = stepped;
      if (!again) {
        const ordered = chooseOrders(point, orders[i]!, () => rank(i));
        again = ordered < best * BETTER;
        best = Math.min(best, ordered);
      }
      if (again || reach === "single") continue;
      for (const first of moves[i]!) {
        if (!applies(point, first)) continue;
        apply(point, first);
        const paired = step(i, best);
        again = paired < best;
        best = paired;
        if (again) break;
        undo(point, first);
      }
    }
    settle(i);
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
    archives,
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
    recall() {
      for (let i = 0; i < layers.length && !done(); i++) {
        focus(i);
        const point = points[i]!;
        copyPoint(point, scratch[i]!);
        let best = excess[i]! > 0 ? Number.POSITIVE_INFINITY : rank(i);
        for (const entry of archives[i]!.entries) {
          copyPoint(entry.point, point);
          const candidate = rank(i);
          if (candidate >= best * BETTER || candidate > 1e199) continue;
          best = candidate;
          copyPoint(point, scratch[i]!);
        }
        copyPoint(scratch[i]!, point);
        settle(i);
      }
    },
    improve(reach) {
      for (let round = 0, again = true; again && round < MAX_ROUNDS && !done(); round++) {
        again = false;
        for (let i = 0; i < layers.length && !done(); i++) again = improveLayer(i, reach) || again;
      }
    },
    restart(i, random) {
      focus(i);
      const current = clonePoint(points[i]!);
      const before = rank(i);
      randomTiling(points[i]!, random);
      improveLayer(i, "pairs");
      focus(i);
      if (rank(i) < before * BETTER) return;
      copyPoint(current, points[i]!);
      settle(i);
    },
    value() {
      if (excess.some((over) => over > 0)) return Number.POSITIVE_INFINITY;
      focus(-1);
      const value = objective(otherEnergyPj, otherLatencyCycles);
      return value;
    },
  };
}
