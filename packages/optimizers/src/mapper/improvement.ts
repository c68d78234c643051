import type { Needs, NestPoint } from "@loopnest/mapspace";
import { exceedNeeds } from "../network/needs.js";
import type { PlacedNetwork } from "../run/placed-network.js";
import { applies, apply, type Move, undo } from "./moves.js";
import type { Neighbours } from "./neighbours.js";
import { chooseOrders } from "./orders.js";
import { repad } from "./repad.js";
import { BETTER, type Standings } from "./standings.js";

/**
 * How far a layer's search looks: one prime move at a time; or, where no single one helps, a factor moved out to the
 * outermost level and another one, of any dimension, moved in from there: what one tile gives up another can use.
 */
export type Reach = "single" | "swap";

/**
 * Improves the mapping of one layer until no neighbour is better.
 *
 * @param beyond Look only at neighbours that need more than this; `null` for all.
 * @returns Whether it got better.
 */
export type Improvement = (i: number, reach: Reach, beyond: Needs | null) => boolean;

/** Coordinate descent over the mapping of one layer, the others staying as they are. */
export function makeImprovement(
  placed: PlacedNetwork,
  standings: Standings,
  neighbours: readonly Neighbours[],
  done: () => boolean,
): Improvement {
  const needsMore = (i: number, point: NestPoint, than: Needs) => {
    placed.excess(i, point);
    return exceedNeeds(placed.needs, than);
  };

  /** Takes the best of the moves if it helps; returns the rank reached. */
  const takeMove = (i: number, best: number, tried: readonly Move[], beyond: Needs | null): number => {
    const point = standings.points[i]!;
    let chosen: Move | null = null;
    let least = best;
    for (const move of tried) {
      if (!applies(point, move)) continue;
      apply(point, move);
      const looked = beyond === null || needsMore(i, point, beyond);
      const candidate = looked ? standings.rank(i) : Number.POSITIVE_INFINITY;
      undo(point, move);
      if (candidate >= least * BETTER) continue;
      least = candidate;
      chosen = move;
    }
    if (chosen !== null) apply(point, chosen);
    return least;
  };

  /** Takes the first factor out whose place another one can use better; returns the rank reached. */
  const takeSwap = (i: number, best: number, beyond: Needs | null): number => {
    const point = standings.points[i]!;
    const { outward, inward } = neighbours[i]!;
    for (const out of outward) {
      if (!applies(point, out)) continue;
      apply(point, out);
      const swapped = takeMove(i, best, inward, beyond);
      if (swapped < best) return swapped;
      undo(point, out);
    }
    return best;
  };

  /**
   * Takes the first other bound of a dimension that is better, with a move of its factors or without; returns the rank
   * reached.
   */
  const takeBound = (i: number, best: number): number => {
    const point = standings.points[i]!;
    for (const { dim, bounds, moves } of neighbours[i]!.paddable) {
      const factors = point.nest.factor.slice();
      for (const bound of bounds) {
        repad(point, dim, bound);
        const reached = takeMove(i, Math.min(best, standings.rank(i)), moves, null);
        if (reached < best * BETTER) return reached;
        point.nest.factor.set(factors);
      }
    }
    return best;
  };

  return (i, reach, beyond) => {
    const { moves, orders } = neighbours[i]!;
    const before = standings.settledRank(i);
    let best = before;
    for (let again = true; again && !done(); ) {
      const moved = takeMove(i, best, moves, beyond);
      again = moved < best;
      best = moved;
      if (!again && beyond === null) {
        const ordered = chooseOrders(standings.points[i]!, orders, () => standings.rank(i));
        again = ordered < best * BETTER;
        best = Math.min(best, ordered);
      }
      if (again || reach === "single") continue;
      const swapped = takeSwap(i, best, beyond);
      again = swapped < best;
      best = swapped;
      if (again || beyond !== null) continue;
      const bounded = takeBound(i, best);
      again = bounded < best;
      best = bounded;
    }
    if (best >= before * BETTER) return false;
    standings.settle(i);
    return true;
  };
}
