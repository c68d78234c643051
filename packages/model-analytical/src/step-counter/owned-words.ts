import type { Tensor } from "@loopnest/mapspace";
import { tileWords } from "./boundary.js";
import type { StepLoop } from "./step-loop.js";

/**
 * Words of a tensor that one instance of every level owns, outermost first (R8): the whole tensor outermost; inwards
 * the share that the level's tile has of the tile spanned by the spatial loops outside it, in integer division.
 *
 * Timeloop subtracts them as the first visits of an output's words; a machine's first visits differ where tiles overlap
 * or leave gaps.
 */
export function ownedWords(tensor: Tensor, loops: readonly StepLoop[], levelCount: number): number[] {
  const owned = [tileWords(tensor, loops)];
  for (let l = 0; l + 1 < levelCount; l++) {
    const tile = tileWords(
      tensor,
      loops.filter((loop) => loop.level > l),
    );
    const spanned = tileWords(
      tensor,
      loops.filter((loop) => loop.level > l || (loop.level === l && loop.kind !== "temporal")),
    );
    owned.push(Math.floor((owned[l]! * tile) / spanned));
  }
  return owned;
}
