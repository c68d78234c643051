import type { Buffer } from "../nest/buffers.js";
import { type Loop, movesOf } from "../nest/loops.js";

/** A tile while it stays in the first instance of a buffer. */
export interface Residence {
  /** Cycle in which it comes, and cycles for which it stays: steps of all loops in time. */
  readonly from: number;
  readonly cycles: number;
  /** Where it begins, rank by rank. */
  readonly at: readonly number[];
  /** Words that came in for it: those that the tile before did not hold. */
  readonly words: number;
}

/** The tiles of a buffer, one after the other: it moves with the loops in time outside its level. */
export function* residences(buffer: Buffer, loops: readonly Loop[]): Generator<Residence> {
  const inTime = loops.filter((loop) => loop.kind === "temporal");
  const outside = inTime.filter((loop) => loop.level < buffer.level);
  const trips = (list: readonly Loop[]) => volume(list.map((loop) => loop.factor));
  const stay = trips(inTime.filter((loop) => loop.level >= buffer.level));
  const moves = outside.map((loop) => movesOf(buffer.tensor, loop));
  const index = outside.map(() => 0);
  let at = buffer.extents.map(() => 0);
  let words = volume(buffer.extents);
  let from = 0;
  const steps = trips(outside);
  for (let step = 1; step < steps; step++) {
    const next = [...at];
    for (let j = outside.length - 1; j >= 0; j--) {
      const wraps = index[j] === outside[j]!.factor - 1;
      const by = wraps ? -index[j]! : 1;
      moves[j]!.forEach((words, r) => {
        next[r]! += by * words;
      });
      index[j]! += by;
      if (!wraps) break;
    }
    const overlap = volume(buffer.extents.map((extent, r) => Math.max(0, extent - Math.abs(next[r]! - at[r]!))));
    const fresh = volume(buffer.extents) - overlap;
    if (fresh === 0) continue;
    yield { from, cycles: step * stay - from, at, words };
    from = step * stay;
    at = next;
    words = fresh;
  }
  yield { from, cycles: steps * stay - from, at, words };
}

function volume(extents: readonly number[]): number {
  return extents.reduce((words, extent) => words * extent, 1);
}
