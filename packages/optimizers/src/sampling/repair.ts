import { type NestPoint, primeFactors, type Random } from "@loopnest/mapspace";
import { applies } from "../mapper/moves.js";
import type { PlacedNetwork } from "../run/placed-network.js";

/**
 * Makes a mapping fit the hardware: as long as a level holds too much or unrolls too far, a random prime factor that
 * counts there moves to the outermost slot of its dimension.
 *
 * @returns false if there is nothing left to move and it still does not fit.
 */
export function repair(placed: PlacedNetwork, i: number, point: NestPoint, random: Random): boolean {
  const { space, nest, loopOf } = point;
  const { slots, slotsOf } = space;
  const outermost = slots.map(({ dim }) => slotsOf[dim]![slotsOf[dim]!.length - 1]!);
  while (placed.excess(i, point) > 0) {
    const over = overfull(placed);
    const primesAt = (from: number) =>
      primeFactors(nest.factor[loopOf[from]!]!).filter((prime) =>
        applies(point, { from, to: outermost[from]!, prime }),
      );
    const movable = slots.flatMap((slot, s) => {
      if (s === outermost[s] || nest.factor[loopOf[s]!] === 1 || primesAt(s).length === 0) return [];
      const counts =
        over.need === "words"
          ? slot.level >= over.level && keepsDim(point, over.level, slot.dim)
          : slot.level === over.level && slot.kind === over.need;
      return counts ? [s] : [];
    });
    if (movable.length === 0) return false;
    const from = random.pick(movable);
    const prime = random.pick(primesAt(from));
    nest.factor[loopOf[from]!]! /= prime;
    nest.factor[loopOf[outermost[from]!]!]! *= prime;
  }
  return true;
}

/** The first limit that the last measured needs exceed. */
function overfull({ needs, available }: PlacedNetwork): { level: number; need: "words" | "X" | "Y" } {
  for (let level = 0; level < needs.words.length; level++) {
    if (needs.x[level]! > available.x[level]!) return { level, need: "X" };
    if (needs.y[level]! > available.y[level]!) return { level, need: "Y" };
    if (needs.words[level]! > available.words[level]!) return { level, need: "words" };
  }
  return { level: 0, need: "words" };
}

/** Whether a tensor that the level keeps depends on the dimension. */
function keepsDim({ space, nest }: NestPoint, level: number, dim: number): boolean {
  const { relevant } = space.shape;
  for (let t = 0; t < relevant.length; t++) {
    if ((nest.keeps[level]! >> t) & 1 && (relevant[t]! >> dim) & 1) return true;
  }
  return false;
}
