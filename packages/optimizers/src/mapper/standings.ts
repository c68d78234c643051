import { type Cost, clonePoint, copyPoint, type NestPoint } from "@loopnest/mapspace";
import type { PlacedNetwork } from "../run/placed-network.js";
import { layerValue } from "../search/objective.js";
import { makeArchive } from "./archive.js";

/** A rank counts as better if it is below another one times this: not by rounding alone. */
export const BETTER = 1 - 1e-12;
/** Rank from which a layer does not fit. */
const UNFIT = 1e200;
const ARCHIVE_CAPACITY = 40;

/**
 * Where the layers of a network stand on the hardware at hand: what each one, as it was settled last, costs or exceeds.
 */
export interface Standings {
  /** One point per layer; a search changes them, and settles what it keeps. */
  readonly points: readonly NestPoint[];
  /** Takes layer i as its point is now, and remembers it if it fits: one evaluation. */
  settle(i: number): void;
  /**
   * Value of the network with layer i as its point is now; what does not fit comes after all that fits, and last of all
   * once `done`.
   */
  rank(i: number): number;
  /** The same as the layer was settled: no evaluation. */
  settledRank(i: number): number;
  /** Whether layer i, as it was settled, fits. */
  fits(i: number): boolean;
  /** Puts layer i into the best mapping remembered that fits, or leaves it as it is, and settles it. */
  recall(i: number): void;
  /** Remembers how layer i was settled; the function returned goes back to that. */
  save(i: number): () => void;
  /** Share of layer i in energy plus its share in latency. */
  share(i: number): number;
  /** Value of the network; `Infinity` if a layer does not fit. */
  value(): number;
  /** Whether all layers fit and the objective's limits are kept. */
  keepsLimits(): boolean;
}

/** @param done Asked before every evaluation that compares; true ranks everything last. */
export function makeStandings(placed: PlacedNetwork, points: readonly NestPoint[], done: () => boolean): Standings {
  const { layers } = placed.network;
  const archives = points.map(() => makeArchive(ARCHIVE_CAPACITY));
  const excess = new Float64Array(layers.length);
  const costs: Cost[] = layers.map(() => ({ energyPj: 0, latencyCycles: 0 }));

  const valueWith = (i: number, cost: Cost): number => {
    const own = costs[i]!;
    costs[i] = cost;
    const value = placed.value(costs);
    costs[i] = own;
    return value;
  };

  const rank = (i: number): number => {
    if (done()) return Number.POSITIVE_INFINITY;
    const over = placed.excess(i, points[i]!);
    return over > 0 ? UNFIT * (1 + over) : valueWith(i, placed.cost(i));
  };

  const settle = (i: number) => {
    excess[i] = placed.excess(i, points[i]!);
    if (excess[i]! > 0) return;
    const cost = placed.cost(i);
    costs[i] = cost;
    archives[i]!.add(points[i]!, placed.needs, layerValue(placed.network.task.objective.name, cost));
  };

  return {
    points,
    settle,
    rank,
    settledRank: (i) => (excess[i]! > 0 ? UNFIT * (1 + excess[i]!) : placed.value(costs)),
    fits: (i) => excess[i] === 0,
    recall(i) {
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
    },
    save(i) {
      const before = { point: clonePoint(points[i]!), cost: costs[i]!, excess: excess[i]! };
      return () => {
        copyPoint(before.point, points[i]!);
        costs[i] = before.cost;
        excess[i] = before.excess;
      };
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
    keepsLimits: () => excess.every((over) => over === 0) && placed.keeps(costs),
    value: () => (excess.some((over) => over > 0) ? Number.POSITIVE_INFINITY : placed.value(costs)),
  };
}
