import { type NestPoint, loopOrders, reorder } from "@loopnest/mapspace";
import type { Mapspace } from "@loopnest/mapspace";

/** For every level with a free loop order, the orders to choose from. */
export interface OrderChoices {
  readonly level: number;
  readonly orders: readonly (readonly number[])[];
}

export function orderChoices(space: Mapspace): OrderChoices[] {
  return space.freeOrder
    .map((level) => ({ level, orders: loopOrders(space, level) }))
    .filter(({ orders }) => orders.length > 1);
}

/**
 * Chooses the best order of every level in turn, from the outermost, and leaves the point in it.
 *
 * @param cost Cost of the point as it stands; lower is better.
 * @returns The least cost, and how often `cost` was called.
 */
export function chooseOrders(
  point: NestPoint,
  choices: readonly OrderChoices[],
  cost: () => number,
): { cost: number; evaluations: number } {
  let least = cost();
  let evaluations = 1;
  for (const { level, orders } of choices) {
    let best = point.slotOf.slice(point.nest.startTemporal[level]!, point.nest.end[level]!) as ArrayLike<number>;
    for (const order of orders) {
      reorder(point, level, order);
      const candidate = cost();
      evaluations++;
      if (candidate >= least) continue;
      least = candidate;
      best = order;
    }
    reorder(point, level, best);
  }
  return { cost: least, evaluations };
}
