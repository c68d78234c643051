import type { LoopNest, Machine } from "@loopnest/mapspace";
import { walkExtents } from "../state/extents.js";
import { type NestState, nestState } from "../state/nest-state.js";
import { countAccesses, countFills, countTransfers } from "./transfers.js";

/**
 * Transfers of a layer that runs in turn with others under shared loops, those of all levels outside `split`: whatever
 * stands inside is fetched anew in every turn, and sums go back, for another layer has run since. So what fills nodes
 * inside is what one turn fetches (the nest without the shared loops), once a turn; what fills nodes outside is as
 * ever.
 *
 * @param split The level that holds what the layers hand each other.
 * @returns Turns.
 */
export function countSplitTransfers(state: NestState, nest: LoopNest, machine: Machine, split: number): number {
  countTransfers(state, nest, machine, "exact");
  const { shape, levelCount, counts, widths, outermost } = state;
  const { turns, own } = oneTurn(nest, split);
  if (turns === 1) return 1;
  const turn = nestState(shape, own, counts, widths);
  walkExtents(turn, own);
  countTransfers(turn, own, machine, "exact");
  for (let t = 0; t < shape.tensorCount; t++) {
    const keepers = Array.from({ length: levelCount }, (_, l) => l).filter((l) => (nest.keeps[l]! >> t) & 1);
    keepers.forEach((l, k) => {
      const cell = t * levelCount + l;
      const child = keepers[k + 1] ?? levelCount;
      if (child > split) state.content[cell] = turns * turn.content[cell]!;
      if (l > split) {
        state.peer[cell] = turns * turn.peer[cell]!;
        state.arrived[cell] = turns * turn.arrived[cell]!;
      }
      if (k > 0) state.fills[cell] = countFills(state, t, cell, l > outermost[t]!, true);
      countAccesses(state, t, cell, true);
    });
  }
  return turns;
}

/** The nest inside the shared loops, and how often it runs. */
function oneTurn(nest: LoopNest, split: number): { turns: number; own: LoopNest } {
  const factor = nest.factor.slice();
  let turns = 1;
  for (let l = 0; l < split; l++) {
    for (let i = nest.startTemporal[l]!; i < nest.end[l]!; i++) {
      turns *= factor[i]!;
      factor[i] = 1;
    }
  }
  return { turns, own: { ...nest, factor } };
}
