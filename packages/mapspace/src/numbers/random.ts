import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A seeded source of randomness: everything random in sampling, searching and training comes from one. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A whole number from 0 to `bound - 1`. */
  below(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
}

/**
 * The stream of a seed and a path of whole numbers (part, layer, fold, ...): different paths give unrelated streams.
 */
export function seededRandom(seed: number, ...path: number[]): Random {
  // FNV-1a over the path, so that neighbouring seeds and parts do not share low bits.
  let hash = 0x811c9dc5;
  for (const value of [seed, ...path]) {
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((value >>> shift) & 0xff), 0x01000193);
  }
  const generator = xoroshiro128plus(hash);
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    below: (bound) => Math.floor(uniform() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (items) => items[Math.floor(uniform() * items.length)]!,
  };
}
