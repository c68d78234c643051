import { type NestPoint, tilings } from "@loopnest/mapspace";

/**
 * Rounds every dimension to the nearest integer factorization over its slots, of its bound or one it may be padded to:
 * least squares in log factors.
 *
 * @param caps Largest factor allowed in every slot, as far as the mapspace allows any such tiling.
 */
export function roundPoint(point: NestPoint, caps: Float64Array): void {
  const { space, nest, loopOf } = point;
  space.slotsOf.forEach((slots, d) => {
    const all = tilings(space, d).flat();
    let nearest = all[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const factors of all) {
      let distance = 0;
      for (let k = 0; k < slots.length && distance < least; k++) {
        const factor = factors[k]!;
        if (factor > caps[slots[k]!]!) distance = Number.POSITIVE_INFINITY;
        else distance += (Math.log(nest.factor[loopOf[slots[k]!]!]!) - Math.log(factor)) ** 2;
      }
      if (distance >= least) continue;
      least = distance;
      nearest = factors;
    }
    slots.forEach((slot, k) => {
      nest.factor[loopOf[slot]!] = nearest[k]!;
    });
  });
}
