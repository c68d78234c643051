import { factorizations, type NestPoint, type Random } from "@loopnest/mapspace";

/** Draws the tiling of a point uniformly: every factorization of every dimension over its slots is equally likely. */
export function randomTiling(point: NestPoint, random: Random): void {
  const { space, nest, loopOf } = point;
  space.slotsOf.forEach((slots, d) => {
    const factors = random.pick(factorizations(space.shape.bounds[d]!, slots.length));
    slots.forEach((slot, k) => {
      nest.factor[loopOf[slot]!] = factors[k]!;
    });
  });
}
