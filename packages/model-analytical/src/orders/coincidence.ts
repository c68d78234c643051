import type { CellLoops } from "./cell-loops.js";
import { MOVED, type ReuseScan } from "./reuse-scan.js";

/** Whether loops still to come, in some order, may make a step of a cell one that is not a whole tile (R4 d). */
export interface Coincidences {
  /** Whether some order of the windowed loops in `left` and outside may do so, for cell c in the state of an entry. */
  may(c: number, entry: number, left: number): boolean;
  /** The same if a window of a fresh cell goes first, with a step in a rank; `left` is what is left then. */
  afterFirst(c: number, inRank: number, step: number, left: number): boolean;
}

/**
 * Looks for coincidences among the loops of a level. The step of a carry, less all steps inside it, equals that of loop
 * z; or, as counted today, it is 0.
 */
export function coincidences(loops: CellLoops, scan: ReuseScan, rankCount: number): Coincidences {
  const { capacity, windows, step, rank, outerStep, outerRank, outerCount } = loops;
  const { counts, status, firstStep, moved, movedRank } = scan;
  const returnsCount = counts === "timeloop-2025";
  /** Steps in one rank. */
  const together = new Float64Array(capacity);

  /** Whether, in a rank, the step of one loop of `left` or outside may equal `before` plus steps of some others. */
  function equals(c: number, inRank: number, before: number, left: number): boolean {
    let count = 0;
    for (let rest = left & windows[c]!; rest !== 0; rest &= rest - 1) {
      const cell = c * capacity + 31 - Math.clz32(rest & -rest);
      if (rank[cell] === inRank) together[count++] = step[cell]!;
    }
    for (let i = 0; i < outerCount[c]!; i++) {
      if (outerRank[c * capacity + i] === inRank) together[count++] = outerStep[c * capacity + i]!;
    }
    for (let j = 0; j < count; j++) if (isSum(together[j]! - before, j, 0, count)) return true;
    return false;
  }

  /**
   * Whether some of the steps together, perhaps none, from number `from` on and without number `j`, add up to `sum`.
   */
  function isSum(sum: number, j: number, from: number, count: number): boolean {
    if (sum === 0) return true;
    for (let i = from; i < count && sum > 0; i++) {
      if (i !== j && isSum(sum - together[i]!, j, i + 1, count)) return true;
    }
    return false;
  }

  /** After the tile has moved so far in a rank, first by `first`. */
  const afterMoving = (c: number, inRank: number, first: number, far: number, left: number) =>
    equals(c, inRank, far + first, left) || (returnsCount && equals(c, inRank, far, left));

  return {
    may(c, entry, left) {
      if ((left & windows[c]!) === 0 && outerCount[c] === 0) return false;
      if (status[entry] === MOVED) return afterMoving(c, movedRank[entry]!, firstStep[entry]!, moved[entry]!, left);
      for (let r = 0; r < rankCount; r++) if (equals(c, r, 0, left)) return true;
      return false;
    },
    afterFirst: (c, inRank, by, left) => afterMoving(c, inRank, by, by, left),
  };
}
