import { factorizations, type Mapping, makeMapspace, type Problem, systolic, unflatten } from "@loopnest/mapspace";

/** A stream of numbers in [0, 1) that is the same on every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

/** Any mapping of the systolic target's mapspace: it need not fit any hardware. */
export function randomMapping(problem: Problem, random: () => number): Mapping {
  const space = makeMapspace(systolic, problem);
  const nest = space.nest();
  space.slotsOf.forEach((slots, d) => {
    const factors = pick(factorizations(space.shape.bounds[d]!, slots.length), random);
    slots.forEach((slot, k) => {
      nest.factor[slot] = factors[k]!;
    });
  });
  const mapping = unflatten(
    space.shape,
    systolic.levels.map(({ name }) => name),
    nest,
  );
  const order = new Map(mapping[0]!.temporal.map((loop) => [loop, random()]));
  const temporal = [...mapping[0]!.temporal].sort((a, b) => order.get(a)! - order.get(b)!);
  return [{ ...mapping[0]!, temporal }, ...mapping.slice(1)];
}
