import type { Counts } from "@loopnest/mapspace";

/**
 * What has happened to a cell: no loop; only loops that do not move it; it moved in one rank, a window; nothing can
 * reuse any more.
 */
export const FRESH = 0;
export const STILL = 1;
export const MOVED = 2;
export const DONE = 3;

/** What loops placed so far have made of cells: R4's scan, as in `temporalReuse`, entry by entry. */
export interface ReuseScan {
  readonly counts: Counts;
  readonly status: Uint8Array;
  readonly firstStep: Float64Array;
  readonly moved: Float64Array;
  readonly movedRank: Int32Array;
}

/** A scan of so many entries, all fresh. */
export function reuseScan(counts: Counts, entries: number): ReuseScan {
  return {
    counts,
    status: new Uint8Array(entries),
    firstStep: new Float64Array(entries),
    moved: new Float64Array(entries),
    movedRank: new Int32Array(entries),
  };
}

/** Makes an entry one that has seen no loop. */
export function refresh({ status, firstStep, moved }: ReuseScan, entry: number): void {
  status[entry] = FRESH;
  firstStep[entry] = 0;
  moved[entry] = 0;
}

/**
 * Writes to entry `to` what a loop makes of entry `from`.
 *
 * @param by How far a step of the loop moves the tile, in rank `inRank`.
 */
export function advance(
  { counts, status, firstStep, moved, movedRank }: ReuseScan,
  from: number,
  to: number,
  moves: boolean,
  window: boolean,
  by: number,
  inRank: number,
): void {
  status[to] = status[from]!;
  firstStep[to] = firstStep[from]!;
  moved[to] = moved[from]!;
  movedRank[to] = movedRank[from]!;
  if (status[from] === DONE) return;
  if (!moves) {
    // As counted today, loops that leave the tile in place leave no trace.
    if (status[from] === FRESH && counts === "timeloop-2022") status[to] = STILL;
    return;
  }
  if (!window || (status[from] === MOVED && movedRank[from] !== inRank)) {
    status[to] = DONE;
    return;
  }
  if (status[from] === FRESH) firstStep[to] = by;
  status[to] = MOVED;
  moved[to] = moved[from]! + by;
  movedRank[to] = inRank;
}
