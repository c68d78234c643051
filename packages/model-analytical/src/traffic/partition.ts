import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { tileVolume } from "../state/tile.js";

/**
 * Words of output `t` that one instance of every level owns (R8): the whole tensor outermost; inwards
 *
 *     partition(inner) = partition(outer) * tile(inner) div (tile spanned by the outer level's spatial loops)
 *
 * Spatial loops that do not move `t` span the inner tile and change nothing.
 *
 * @param exact Integer division, or plain division for the smooth extension.
 */
export function countPartitions(state: NestState, nest: LoopNest, t: number, exact: boolean): void {
  const { shape, levelCount, extent, tileRow, spannedRow, partition } = state;
  let words = tileVolume(shape, t, extent, tileRow[0]!);
  for (let l = 0; l < levelCount; l++) {
    partition[t * levelCount + l] = words;
    if (l + 1 === levelCount || !spreads(nest, shape.relevant[t]!, l)) continue;
    const inner = tileVolume(shape, t, extent, tileRow[l + 1]!);
    const spanned = tileVolume(shape, t, extent, spannedRow[l]!);
    words = exact ? wholeShare(words, inner, spanned) : (words * inner) / spanned;
  }
}

/** Whether a spatial loop of level l moves a tensor, given the dimensions that it depends on as bits. */
function spreads(nest: LoopNest, relevant: number, l: number): boolean {
  for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
    if (((relevant >> nest.dim[i]!) & 1) === 1 && nest.factor[i] !== 1) return true;
  }
  return false;
}

/** `words * inner div spanned`, also where the product exceeds 2^53. */
function wholeShare(words: number, inner: number, spanned: number): number {
  const product = words * inner;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.floor(product / spanned);
  return Number((BigInt(words) * BigInt(inner)) / BigInt(spanned));
}
