import type { NestState } from "./nest-state.js";
import { tileVolume } from "./tile.js";

/**
 * Words of output `t` that one instance of every level owns (R8): the whole tensor outermost; inwards
 *
 *     partition(inner) = partition(outer) * tile(inner) div (tile spanned by the outer level's spatial loops)
 *
 * @param exact Integer division, or plain division for the smooth extension.
 */
export function countPartitions(state: NestState, t: number, exact: boolean): void {
  const { shape, levelCount, extent, spatial, partition } = state;
  const { dimCount } = shape;
  let words = tileVolume(shape, t, extent, 0);
  for (let l = 0; l < levelCount; l++) {
    partition[t * levelCount + l] = words;
    if (l + 1 === levelCount || spatial[l] === 1) continue;
    const inner = tileVolume(shape, t, extent, 2 * (l + 1) * dimCount);
    const spanned = tileVolume(shape, t, extent, (2 * l + 1) * dimCount);
    words = exact ? wholeShare(words, inner, spanned) : (words * inner) / spanned;
  }
}

/** `words * inner div spanned`, also where the product exceeds 2^53. */
function wholeShare(words: number, inner: number, spanned: number): number {
  const product = words * inner;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.floor(product / spanned);
  return Number((BigInt(words) * BigInt(inner)) / BigInt(spanned));
}
