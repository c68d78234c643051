import { divisors, type LoopNest, type Mapspace } from "@loopnest/mapspace";

/**
 * All ways to write the bounds of a mapspace, padded ones too, as products over its slots: a number in mixed radix, one
 * digit per dimension.
 */
export interface Splits {
  readonly count: number;
  /** Writes split number `index` to the factors of a nest whose loops stand in the mapspace's base order. */
  write(nest: LoopNest, index: number): void;
  /** Writes the split after the one written last; faster than `write`. */
  next(nest: LoopNest): void;
}

/** @param most Largest factor that a slot may take. */
export function splits(space: Mapspace, most: (slot: number) => number): Splits {
  const lists = space.slotsOf.map((own, d) => {
    const limits = own.map(most);
    return space.bounds[d]!.flatMap((bound) => ordered(bound, limits, 0)).map((factors) => Float64Array.from(factors));
  });
  const digits = new Int32Array(lists.length);
  const put = (nest: LoopNest, d: number) => {
    const own = space.slotsOf[d]!;
    const factors = lists[d]![digits[d]!]!;
    for (let i = 0; i < own.length; i++) nest.factor[own[i]!] = factors[i]!;
  };
  return {
    count: lists.reduce((product, list) => product * list.length, 1),
    write(nest, index) {
      let rest = index;
      for (let d = 0; d < lists.length; d++) {
        digits[d] = rest % lists[d]!.length;
        rest = Math.floor(rest / lists[d]!.length);
        put(nest, d);
      }
    },
    next(nest) {
      for (let d = 0; d < lists.length; d++) {
        digits[d] = (digits[d]! + 1) % lists[d]!.length;
        put(nest, d);
        if (digits[d] !== 0) return;
      }
    },
  };
}

/** Ordered factorisations of n over the limits from `from` on; none if the last limit is too small for what is left. */
function ordered(n: number, limits: readonly number[], from: number): number[][] {
  if (from === limits.length - 1) return n <= limits[from]! ? [[n]] : [];
  return divisors(n)
    .filter((factor) => factor <= limits[from]!)
    .flatMap((factor) => ordered(n / factor, limits, from + 1).map((rest) => [factor, ...rest]));
}
