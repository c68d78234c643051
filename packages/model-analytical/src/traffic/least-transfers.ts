import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { readWords } from "./accesses.js";
import { countPartitions } from "./partition.js";

/**
 * Fills reads, updates and fills with what no nest is below that has the spatial loops of this one, to the same bounds:
 * what MAC units take from the innermost level that keeps a tensor, and nothing elsewhere.
 *
 * A MAC unit takes its operand anew in every step (R3), so that it receives as many words as there are steps, whatever
 * the temporal loops. From there outwards every level serves its groups of children (R5), whose number follows from the
 * spatial loops alone unless a window is unrolled, or neighbours may hand words over (R6): then nothing is said of the
 * tensor. Words that an instance owns (R8), which are not read, follow from the spatial loops too: the tile inside a
 * level over the one that its spatial loops span is one over their factors, if the output has no window.
 */
export function countLeastTransfers(state: NestState, nest: LoopNest): void {
  const { shape, levelCount, groups, partition, reads, updates, fills, computeCycles } = state;
  reads.fill(0);
  updates.fill(0);
  fills.fill(0);
  state.networkPj = 0;
  for (let t = 0; t < shape.tensorCount; t++) {
    let l = levelCount - 1;
    let served = computeCycles;
    let known = true;
    for (; l >= 0; l--) {
      known &&= sharesFor(state, t, l);
      served *= groups[t * levelCount + l]!;
      if ((nest.keeps[l]! >> t) & 1) break;
    }
    // Of an output with a window, what an instance owns, and so what of it is finished, depends on its tiles.
    if (l < 0 || !known || (shape.isOutput[t] === 1 && shape.windowed[t] !== 0)) continue;
    const cell = t * levelCount + l;
    if (shape.isOutput[t] === 0) reads[cell] = Math.round(served);
    else {
      updates[cell] = Math.round(served);
      countPartitions(state, nest, t, true);
      reads[cell] = Math.round(readWords(served, partition[cell]!));
    }
  }
}

/** Whether the groups of children of (t, l) follow from the spatial loops alone. */
function sharesFor({ shape, levelCount, groups, slides, spatial, counts }: NestState, t: number, l: number): boolean {
  const cell = t * levelCount + l;
  if (slides[cell] === 1) return false;
  const shares = groups[cell]!;
  if (shares === spatial[l]) return true;
  // Steps that fetch tiles anew in place may be served by neighbours: those of MAC units, in 2022 others too.
  if (l === levelCount - 1) return false;
  return counts === "timeloop-2025" || shape.windowed[t] === 0;
}
