import { currentOrder, loopOrders, type Mapspace, type NestPoint, reorder } from "@loopnest/mapspace";

/** For every level with a free loop order, the orders to choose from. */
export interface OrderChoices {
  readonly level: number;
  readonly orders: readonly (readonly number[])[];
}

/** The choices of a mapspace, outermost level first; levels with a single order are left out. */
export function orderChoices(space: Mapspace): OrderChoices[] {
  return space.freeOrder
    .map((level) => ({ level, orders: loopOrders(space, level) }))
    .filter(({ orders }) => orders.length > 1);
}

/**
 * Chooses the best order of every level in turn, from the outermost, and leaves the point in it.
 *
 * @param cost Cost of the point as it stands; lower is better.
 * @returns The least cost.
 */
export function chooseOrders(point: NestPoint, choices: readonly OrderChoices[], cost: () => number): number {
  let least = cost();
  for (const { level, orders } of choices) {
    let best: ArrayLike<number> = currentOrder(point, level);
    for (const order of orders) {
      reorder(point, level, order);
      const candidate = cost();
      if (candidate >= least) continue;
      least = candidate;
      best = order;
    }
    reorder(point, level, best);
  }
  return least;
}
