import {
  type Mapspace,
  makeNestPoint,
  type NestPoint,
  primeFactors,
  type Random,
  reorder,
  tilings,
} from "@loopnest/mapspace";
import { shuffled } from "../numbers/shuffled.js";

/**
 * A random point of a mapspace: every prime factor of every bound goes to one of the slots of its dimension, and levels
 * that leave their order free get a random one. Spatial slots are filled first half of the time, so that full arrays
 * are not rare.
 *
 * @param cap Largest factor of a spatial slot.
 */
export function randomMapping(space: Mapspace, cap: (slot: number) => number, random: Random): NestPoint {
  const point = makeNestPoint(space);
  const { nest, loopOf } = point;
  nest.factor.fill(1);
  space.slotsOf.forEach((own, d) => {
    if (own.some((slot) => space.slots[slot]!.limits !== undefined)) {
      const [all] = tilings(space, d) as [readonly Float64Array[]];
      const tiling = all[random.below(all.length)]!;
      for (const [k, slot] of own.entries()) nest.factor[loopOf[slot]!] = tiling[k]!;
      return;
    }
    const fillsArray = random.uniform() < 0.5;
    for (const prime of shuffledPrimes(space.shape.bounds[d]!, random)) {
      const fits = own.filter(
        (slot) => space.slots[slot]!.kind === "temporal" || nest.factor[loopOf[slot]!]! * prime <= cap(slot),
      );
      const spatial = fits.filter((slot) => space.slots[slot]!.kind !== "temporal");
      const choices = fillsArray && spatial.length > 0 ? spatial : fits;
      // A dimension that only spatial slots take may not fit: its last slot then breaks the cap, and the mapping is
      // turned down.
      const slot = choices[random.below(Math.max(1, choices.length))] ?? own[own.length - 1]!;
      nest.factor[loopOf[slot]!]! *= prime;
    }
  });
  for (const level of space.freeOrder) {
    const slots = space.slots.flatMap((slot, s) => (slot.level === level && slot.kind === "temporal" ? [s] : []));
    reorder(
      point,
      level,
      shuffled(slots.length, random).map((i) => slots[i]!),
    );
  }
  return point;
}

function shuffledPrimes(bound: number, random: Random): number[] {
  const primes = primeFactors(bound);
  return Array.from(shuffled(primes.length, random), (i) => primes[i]!);
}
