import { divisors, type FactorLimits, isWithin, type LoopNest, type Mapspace } from "@loopnest/mapspace";

/**
 * All ways to write the bounds of a mapspace, padded ones too, as products over its slots: a number in mixed radix, one
 * digit per dimension. Splits that unroll the same factors, to the same bounds, make a group.
 */
export interface Splits {
  readonly count: number;
  readonly groupCount: number;
  /** Writes split number `index` to the factors of a nest whose loops stand in the mapspace's base order. */
  write(nest: LoopNest, index: number): void;
  /** Writes the first split of a group. */
  enter(nest: LoopNest, group: number): void;
  /** Number of the split written last. */
  index(): number;
  /** Writes the next split of the group entered last; false if there is none. */
  next(nest: LoopNest): boolean;
  /** Writes all splits, one after the other, and says their numbers. */
  each(nest: LoopNest): Iterable<number>;
}

/** @param most Largest factor that a slot may take, beside the limits that it has anyway. */
export function splits(space: Mapspace, most: (slot: number) => number): Splits {
  const lists = space.slotsOf.map((own, d) => {
    const limits = own.map((slot) => {
      const given = space.slots[slot]!.limits ?? { least: 1, most: Number.POSITIVE_INFINITY };
      return { least: given.least, most: Math.min(given.most, most(slot)) };
    });
    const unrolled = own.flatMap((slot, k) => (space.slots[slot]!.kind === "temporal" ? [] : [k]));
    return byKey(
      space.bounds[d]!.flatMap((bound) => ordered(bound, limits, 0).map((factors) => ({ bound, factors }))),
      ({ bound, factors }) => [bound, ...unrolled.map((k) => factors[k]!)].join(),
    );
  });
  const all = lists.map((groups) => groups.flat().map(({ factors }) => Float64Array.from(factors)));
  /** Per dimension: where its groups begin, and where the last one ends. */
  const starts = lists.map((groups) => {
    let at = 0;
    return Int32Array.from([0, ...groups.map((group) => (at += group.length))]);
  });
  const digits = new Int32Array(all.length);
  const from = new Int32Array(all.length);
  const to = new Int32Array(all.length);
  const put = (nest: LoopNest, d: number) => {
    const own = space.slotsOf[d]!;
    const factors = all[d]![digits[d]!]!;
    for (let i = 0; i < own.length; i++) nest.factor[own[i]!] = factors[i]!;
  };
  const own: Splits = {
    count: all.reduce((product, list) => product * list.length, 1),
    groupCount: lists.reduce((product, groups) => product * groups.length, 1),
    write(nest, index) {
      let rest = index;
      for (let d = 0; d < all.length; d++) {
        digits[d] = rest % all[d]!.length;
        rest = Math.floor(rest / all[d]!.length);
        put(nest, d);
      }
    },
    enter(nest, group) {
      let rest = group;
      for (let d = 0; d < all.length; d++) {
        const own = lists[d]!.length;
        const g = rest % own;
        rest = Math.floor(rest / own);
        digits[d] = from[d] = starts[d]![g]!;
        to[d] = starts[d]![g + 1]!;
        put(nest, d);
      }
    },
    index() {
      let number = 0;
      for (let d = all.length - 1; d >= 0; d--) number = number * all[d]!.length + digits[d]!;
      return number;
    },
    next(nest) {
      for (let d = 0; d < all.length; d++) {
        const last = ++digits[d]! === to[d]!;
        if (last) digits[d] = from[d]!;
        put(nest, d);
        if (!last) return true;
      }
      return false;
    },
    *each(nest) {
      for (let group = 0; group < own.groupCount; group++) {
        own.enter(nest, group);
        do yield own.index();
        while (own.next(nest));
      }
    },
  };
  return own;
}

/** Items with the same key together, in the order in which keys first occur. */
function byKey<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own === undefined) groups.set(key(item), [item]);
    else own.push(item);
  }
  return [...groups.values()];
}

/** Ordered factorisations of n over the limits from `from` on; none if what is left is not within the last limit. */
function ordered(n: number, limits: readonly FactorLimits[], from: number): number[][] {
  if (from === limits.length - 1) return isWithin(limits[from], n) ? [[n]] : [];
  return divisors(n)
    .filter((factor) => isWithin(limits[from], factor))
    .flatMap((factor) => ordered(n / factor, limits, from + 1).map((rest) => [factor, ...rest]));
}
