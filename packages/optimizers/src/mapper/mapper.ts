import { emptyNeeds, type Needs, type NestPoint, type Random, reorder } from "@loopnest/mapspace";
import { smallestSizes } from "../network/smallest-sizes.js";
import type { PlacedNetwork } from "../run/placed-network.js";
import { makeImprovement, type Reach } from "./improvement.js";
import { applies, apply, undo } from "./moves.js";
import { type Neighbours, neighboursOf } from "./neighbours.js";
import { repad } from "./repad.js";
import { BETTER, makeStandings } from "./standings.js";

/**
 * The mappings of a network on one hardware at a time, improved layer by layer with the exact model: coordinate descent
 * over prime factors and loop orders.
 *
 * With the hardware fixed, layers meet in the totals only, so a neighbour of one layer costs one evaluation of that
 * layer: 1 / layers of a sample.
 */
export interface Mapper {
  /** One point per layer, with integer factors. */
  readonly points: readonly NestPoint[];
  /** Moves the network to a hardware, keeping its mappings: one sample. */
  place(sizes: Float64Array): void;
  /** Moves the network to the smallest hardware of its mappings; returns those sizes, or null if there is none. */
  shrink(): Float64Array | null;
  /**
   * The smallest hardware of the mappings as they are where size k is given; null if there is none. Moves nothing.
   */
  smallestWith(k: number, size: number): Float64Array | null;
  /**
   * Changes the mapping of a layer by `strength` random moves, whatever they need, and makes the hardware as large as
   * its mappings need; where they cannot have it, layers that do not fit are left for `refit`.
   */
  grow(layer: number, strength: number, random: Random): void;
  /**
   * Takes the next step of one layer to a neighbour that the hardware does not hold, and makes the hardware follow. One
   * after the other come all such steps of all layers, in an order drawn anew every time.
   *
   * @param allows Whether a hardware may be had.
   * @returns false if no step leads to a hardware that may be had.
   */
  growNext(allows: (sizes: Float64Array) => boolean, random: Random): boolean;
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
  /**
   * Shakes one layer by `strength` random moves and improves it; keeps the outcome if it is better (iterated local
   * search).
   */
  shake(layer: number, strength: number, reach: Reach, random: Random): void;
  /** Share of a layer in energy plus its share in latency. */
  share(layer: number): number;
  /** Value of the objective, raised where a limit is broken (`PlacedNetwork`); `Infinity` if a layer does not fit. */
  value(): number;
  /** Whether all layers fit and the objective's limits are kept. */
  keepsLimits(): boolean;
}

/** Rounds over all layers: the totals that weigh energy against latency shift a little with each. */
const MAX_ROUNDS = 3;
/** How often a perturbation draws a new loop order for a level. */
const REORDER_SHARE = 0.3;
/** How often it draws another bound for a dimension that may be padded. */
const REPAD_SHARE = 0.3;

/**
 * @param points Start: integer points, one per layer; changed in place.
 * @param done Asked often; true stops every improvement where it is.
 */
export function makeMapper(placed: PlacedNetwork, points: readonly NestPoint[], done: () => boolean): Mapper {
  const { layers, levelCount, fixed } = placed.network;
  const all = emptyNeeds(levelCount);
  const sizes = new Float64Array(fixed.length);
  const standings = makeStandings(placed, points, done);
  const neighbours = points.map(neighboursOf);
  /** All steps of single factors, and which of them comes next. */
  const steps = neighbours.flatMap(({ moves }, layer) => moves.map((move) => ({ layer, move })));
  let next = 0;
  const improve = makeImprovement(placed, standings, neighbours, done);

  const place = (to: Float64Array) => {
    sizes.set(to);
    placed.place(sizes);
    for (let i = 0; i < layers.length; i++) standings.settle(i);
  };

  /**
   * The smallest hardware that holds the points as they are, or `null`. @param given Sizes by index, NaN where free.
   */
  const leastSizes = (given = fixed): Float64Array | null => {
    const smallest = new Float64Array(sizes.length);
    const needsOf = (i: number) => {
      placed.excess(i, points[i]!);
      return placed.needs;
    };
    return smallestSizes({ ...placed.network, fixed: given }, needsOf, all, smallest) ? smallest : null;
  };

  return {
    points,
    sizes,
    place,
    shrink() {
      const smallest = leastSizes();
      if (smallest === null) return null;
      if (smallest.some((size, k) => size !== sizes[k])) place(smallest);
      return smallest;
    },
    smallestWith(k, size) {
      const given = fixed.slice();
      given[k] = size;
      return leastSizes(given);
    },
    grow(i, strength, random) {
      if (neighbours[i]!.moves.length > 0) shakePoint(points[i]!, neighbours[i]!, strength, random);
      const smallest = leastSizes();
      place(sizes.map((size, k) => Math.max(size, smallest?.[k] ?? 0)));
    },
    growNext(allows, random) {
      for (let tried = 0; tried < steps.length; tried++) {
        if (next === 0) shuffle(steps, random);
        const { layer, move } = steps[next]!;
        next = (next + 1) % steps.length;
        const point = points[layer]!;
        if (!applies(point, move)) continue;
        apply(point, move);
        const smallest = placed.excess(layer, point) > 0 ? leastSizes() : null;
        const larger = smallest && sizes.map((size, k) => Math.max(size, smallest[k]!));
        if (larger !== null && allows(larger)) {
          place(larger);
          return true;
        }
        undo(point, move);
      }
      return false;
    },
    refit() {
      for (let i = 0; i < layers.length && !done(); i++) {
        if (standings.fits(i)) continue;
        standings.recall(i);
        improve(i, "single", null);
      }
    },
    improve(reach, beyond) {
      for (let round = 0, again = true; again && round < MAX_ROUNDS && !done(); round++) {
        again = false;
        for (let i = 0; i < layers.length && !done(); i++) again = improve(i, reach, beyond ?? null) || again;
      }
    },
    shake(i, strength, reach, random) {
      if (neighbours[i]!.moves.length === 0) return;
      const before = standings.settledRank(i);
      const goBack = standings.save(i);
      shakePoint(points[i]!, neighbours[i]!, strength, random);
      standings.settle(i);
      improve(i, reach, null);
      if (standings.settledRank(i) >= before * BETTER) goBack();
    },
    share: standings.share,
    value: standings.value,
    keepsLimits: standings.keepsLimits,
  };
}

/** Makes so many random moves, and draws some loop orders and padded bounds anew. */
function shakePoint(point: NestPoint, { moves, orders, paddable }: Neighbours, strength: number, random: Random): void {
  for (const { dim, bounds } of paddable) {
    if (random.uniform() < REPAD_SHARE) repad(point, dim, random.pick(bounds));
  }
  for (let k = 0; k < strength; ) {
    const move = random.pick(moves);
    if (!applies(point, move)) continue;
    apply(point, move);
    k++;
  }
  for (const { level, orders: choices } of orders) {
    if (random.uniform() < REORDER_SHARE) reorder(point, level, random.pick(choices));
  }
}

/** Puts a list into a random order. */
function shuffle<T>(list: T[], random: Random): void {
  for (let k = list.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [list[k], list[other]] = [list[other]!, list[k]!];
  }
}
