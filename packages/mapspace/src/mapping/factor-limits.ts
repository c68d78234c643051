import { factorizations } from "../numbers/factorizations.js";

/** The least and the greatest factor that a slot may take. */
export interface FactorLimits {
  readonly least: number;
  readonly most: number;
}

/** Whether a factor is within limits; without limits every one is. */
export function isWithin(limits: FactorLimits | undefined, factor: number): boolean {
  return limits === undefined || (factor >= limits.least && factor <= limits.most);
}

/**
 * All ways to write each bound over slots, innermost first, that keep to the slots' limits; in lexicographic order, a
 * list for each bound. Lists are kept and given out again: do not write into them.
 */
export function limitedTilings(
  bounds: readonly number[],
  limits: readonly (FactorLimits | undefined)[],
): (readonly Float64Array[])[] {
  const all = bounds.map((bound) => factorizations(bound, limits.length));
  if (limits.every((own) => own === undefined)) return all;
  return all.map((list) => list.filter((factors) => limits.every((own, k) => isWithin(own, factors[k]!))));
}

/** Whether a tiling has the smallest tiles of all: inside every slot, no other one has less. */
export function isSmallest(tiling: ArrayLike<number>, all: readonly ArrayLike<number>[]): boolean {
  return all.every((other) => {
    let [own, theirs] = [1, 1];
    for (let k = 0; k < tiling.length - 1; k++) {
      own *= tiling[k]!;
      theirs *= other[k]!;
      if (own > theirs) return false;
    }
    return true;
  });
}
