import { type NestPoint, type Random, tilings } from "@loopnest/mapspace";

/**
 * Draws the tiling of a point uniformly: every factorization over its slots of every bound that a dimension may be run
 * at is equally likely.
 */
export function randomTiling(point: NestPoint, random: Random): void {
  const { space, nest, loopOf } = point;
  space.slotsOf.forEach((slots, d) => {
    const factors = pickOfAll(tilings(space, d), random);
    slots.forEach((slot, k) => {
      nest.factor[loopOf[slot]!] = factors[k]!;
    });
  });
}

/** An item of one of the lists, all of them equally likely. */
function pickOfAll<T>(lists: readonly (readonly T[])[], random: Random): T {
  let index = random.below(lists.reduce((sum, list) => sum + list.length, 0));
  for (const list of lists) {
    if (index < list.length) return list[index]!;
    index -= list.length;
  }
  throw new RangeError("all lists are empty");
}
