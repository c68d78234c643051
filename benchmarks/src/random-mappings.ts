import { emptyNeeds, factorizations, type LayerModel, type LoopNest, type Machine } from "@loopnest/mapspace";

/** Uniform numbers in [0, 1), the same in every run (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Factors of many mappings of one layer: mapping m stands from `m * nest.factor.length` on, one factor per loop of the
 * nest.
 */
export interface Mappings {
  readonly nest: LoopNest;
  readonly count: number;
  readonly factors: Float64Array;
}

/** Draws mappings of a layer that fit a machine: every factorization of every dimension is equally likely. */
export function fittingMappings(layer: LayerModel, machine: Machine, count: number, random: () => number): Mappings {
  const { space } = layer;
  const nest = space.nest();
  const loops = nest.factor.length;
  const factors = new Float64Array(count * loops);
  const choices = space.slotsOf.map((slots, d) => [...factorizations(space.shape.bounds[d]!, slots.length)]);
  for (let found = 0; found < count; ) {
    space.slotsOf.forEach((slots, d) => {
      const drawn = choices[d]![Math.floor(random() * choices[d]!.length)]!;
      slots.forEach((slot, k) => {
        nest.factor[slot] = drawn[k]!;
      });
    });
    if (fits(layer, nest, machine)) factors.set(nest.factor, found++ * loops);
  }
  return { nest, count, factors };
}

/**
 * Draws mappings with real factors, as gradient steps meet them: the log of every bound is split at random over its
 * slots.
 */
export function realMappings({ space }: LayerModel, count: number, random: () => number): Mappings {
  const nest = space.nest();
  const loops = nest.factor.length;
  const factors = new Float64Array(count * loops);
  for (let m = 0; m < count; m++) {
    space.slotsOf.forEach((slots, d) => {
      const shares = slots.map(() => -Math.log(1 - random()));
      const sum = shares.reduce((a, b) => a + b, 0);
      slots.forEach((slot, k) => {
        nest.factor[slot] = space.shape.bounds[d]! ** (shares[k]! / sum);
      });
    });
    factors.set(nest.factor, m * loops);
  }
  return { nest, count, factors };
}

function fits(layer: LayerModel, nest: LoopNest, machine: Machine): boolean {
  const needs = emptyNeeds(nest.levelCount);
  layer.needs(nest, needs);
  for (let l = 0; l < nest.levelCount; l++) {
    const x = machine.meshX[l + 1]! / machine.meshX[l]!;
    const y = machine.instances[l + 1]! / machine.instances[l]! / x;
    if (needs.words[l]! > machine.capacityWords[l]! || needs.x[l]! > x || needs.y[l]! > y) return false;
  }
  return true;
}
