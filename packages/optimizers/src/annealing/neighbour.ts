import { type NestPoint, type Random, reorder } from "@loopnest/mapspace";
import { applies, apply, movesOf } from "../mapper/moves.js";
import { orderChoices } from "../mapper/orders.js";
import { paddable, repad } from "../mapper/repad.js";
import type { PlacedNetwork } from "../run/placed-network.js";
import { repair } from "../sampling/repair.js";

/** Steps from a mapping of one layer to another one close by. */
export interface Neighbourhood {
  /**
   * Changes the point of layer `i` into a random neighbour that fits: one prime factor moves to another slot of its
   * dimension, one level takes another loop order, or a dimension is padded to another bound. What no longer fits makes
   * room: random factors move outwards until it does.
   *
   * @returns false if it could not be made to fit.
   */
  step(placed: PlacedNetwork, i: number, point: NestPoint, random: Random): boolean;
}

/** Share of steps that change a loop order. */
const ORDER_SHARE = 0.25;
/** Share of steps that run a dimension at another bound, where one may be padded. */
const PADDING_SHARE = 0.1;

/** @param any Any point of the layer's mapspace. */
export function makeNeighbourhood(any: NestPoint): Neighbourhood {
  const moves = movesOf(any);
  const choices = orderChoices(any.space);
  const padded = paddable(any.space);
  return {
    step(placed, i, point, random) {
      if (padded.length > 0 && random.uniform() < PADDING_SHARE) {
        const d = random.pick(padded);
        repad(point, d, random.pick(point.space.bounds[d]!));
      } else if (choices.length > 0 && (moves.length === 0 || random.uniform() < ORDER_SHARE)) {
        const { level, orders } = random.pick(choices);
        reorder(point, level, random.pick(orders));
      } else if (moves.length > 0) {
        let move = random.pick(moves);
        while (!applies(point, move)) move = random.pick(moves);
        apply(point, move);
      }
      return repair(placed, i, point, random);
    },
  };
}
