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
    const share = (words * inner) / spanned;
    words = exact ? Math.floor(share) : share;
  }
}
