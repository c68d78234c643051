import { LoopnestError } from "@loopnest/mapspace";
import type { Buffer } from "../nest/buffers.js";
import { type Loop, movesOf } from "../nest/loops.js";

/**
 * Which words come in for a tile:
 *
 * - `physical`: those that the tile before does not hold, as in a real buffer;
 * - `timeloop-2025`: those that Timeloop counts (rule R4 of "What the numbers mean"): it looks at iterations 0 and 1 of
 *   every loop alone, and takes a tile for a shifted one only if it moved as far as the one before.
 */
export type FillRules = "physical" | "timeloop-2025";

/** The tiles of a buffer's first instance over time, each found without walking there. */
export interface TileWalk {
  /** Iterations of all loops in time outside the buffer, and cycles of each, bandwidths unlimited. */
  readonly steps: number;
  readonly cyclesPerStep: number;
  /** Steps in which another tile comes, the first one included. */
  readonly moves: number;
  /** Where the tile of a step begins, rank by rank. */
  tileAt(step: number): number[];
  /** The step, this one or one before, in which the tile of a step came. */
  cameAt(step: number): number;
  /** The next step in which another tile comes; `steps` after the last. */
  nextMove(step: number): number;
  /** Words that come in in a step. */
  words(step: number): number;
  /** Words that came in until a step, its own included. */
  wordsUntil(step: number): number;
}

/** Loops around a buffer beyond which its walk would need too large a table. */
const MOST_LOOPS = 20;

/**
 * The walk of a buffer: it moves with the loops in time outside its level. What comes in in a step depends on which
 * loops are past their first iteration alone: a table of two to the power of loops is all that there is.
 *
 * @throws LoopnestError `unsupported` with more than 20 loops in time around a buffer.
 */
export function tileWalk(buffer: Buffer, loops: readonly Loop[], rules: FillRules): TileWalk {
  const inTime = loops.filter((loop) => loop.kind === "temporal");
  const outside = inTime.filter((loop) => loop.level < buffer.level);
  if (outside.length > MOST_LOOPS) {
    throw new LoopnestError({
      code: "unsupported",
      path: "mapping",
      problem: `${outside.length} loops in time stand around ${buffer.levelName}`,
      fix: `at most ${MOST_LOOPS} can be shown`,
      level: buffer.levelName,
    });
  }
  const factors = outside.map(({ factor }) => factor);
  const moves = outside.map((loop) => movesOf(buffer.tensor, loop));
  /** Steps of one iteration of each loop. */
  const inside = factors.map((_, j) => volume(factors.slice(j + 1)));
  const steps = volume(factors);
  /** By how far the tile moves when a loop goes on and those inside it begin anew. */
  const carries = moves.map((own, j) =>
    own.map((by, r) => moves.slice(j + 1).reduce((sum, inner, i) => sum - inner[r]! * (factors[j + 1 + i]! - 1), by)),
  );
  const isMove = carries.map((carry) => carry.some((by) => by !== 0));
  const digits = (step: number) => factors.map((factor, j) => Math.floor(step / inside[j]!) % factor);
  /** The loop that goes on in a step. */
  const goingOn = (step: number) => inside.findIndex((own) => step % own === 0);
  const table = rules === "physical" ? physicalWords(carries, buffer.extents) : timeloopWords(moves, buffer.extents);
  const below = sumsBelow(table, factors);
  const innermost = isMove.lastIndexOf(true);
  return {
    steps,
    cyclesPerStep: volume(inTime.filter((loop) => loop.level >= buffer.level).map(({ factor }) => factor)),
    moves: 1 + isMove.reduce((sum, own, j) => sum + (own ? (factors[j]! - 1) * volume(factors.slice(0, j)) : 0), 0),
    tileAt: (step) => {
      const index = digits(step);
      return buffer.extents.map((_, r) => moves.reduce((at, own, j) => at + index[j]! * own[r]!, 0));
    },
    cameAt: (step) => {
      if (innermost < 0) return 0;
      let came = step - (step % inside[innermost]!);
      while (came > 0 && !isMove[goingOn(came)]) came -= inside[innermost]!;
      return came;
    },
    nextMove: (step) => {
      if (innermost < 0) return steps;
      let next = step - (step % inside[innermost]!) + inside[innermost]!;
      while (next < steps && !isMove[goingOn(next)]) next += inside[innermost]!;
      return Math.min(next, steps);
    },
    words: (step) => table[pastFirst(digits(step))]!,
    wordsUntil: (step) => {
      let sum = 0;
      let past = 0;
      digits(step).forEach((digit, j) => {
        if (digit > 0) sum += below[j + 1]![2 * past]! + (digit - 1) * below[j + 1]![2 * past + 1]!;
        past = 2 * past + (digit > 0 ? 1 : 0);
      });
      return sum + table[past]!;
    },
  };
}

/** The loops past their first iteration as a number, the outermost the most significant bit. */
function pastFirst(index: readonly number[]): number {
  return index.reduce((past, digit) => 2 * past + (digit > 0 ? 1 : 0), 0);
}

/**
 * Words of all steps that begin with the same outer iterations: `[j][past]` sums over all loops from j on, `past` says
 * which of those outside are past their first.
 */
function sumsBelow(table: Float64Array, factors: readonly number[]): Float64Array[] {
  const below = [table];
  for (const factor of [...factors].reverse()) {
    const inner = below[0]!;
    below.unshift(
      Float64Array.from({ length: inner.length / 2 }, (_, p) => inner[2 * p]! + (factor - 1) * inner[2 * p + 1]!),
    );
  }
  return below;
}

/** What the tile before does not hold; which loop goes on is the innermost that is past its first iteration. */
function physicalWords(carries: readonly (readonly number[])[], extents: readonly number[]): Float64Array {
  return Float64Array.from({ length: 2 ** carries.length }, (_, past) => {
    if (past === 0) return volume(extents);
    const goesOn = carries.length - 1 - Math.log2(past & -past);
    return freshWords(carries[goesOn]!, extents);
  });
}

/** Timeloop's walk over iterations 0 and 1 of every loop. */
function timeloopWords(moves: readonly (readonly number[])[], extents: readonly number[]): Float64Array {
  let before = extents.map(() => 0);
  let distance: readonly number[] | null = null;
  return Float64Array.from({ length: 2 ** moves.length }, (_, past) => {
    const at = extents.map((_, r) =>
      moves.reduce((sum, own, j) => sum + (Math.floor(past / 2 ** (moves.length - 1 - j)) % 2) * own[r]!, 0),
    );
    const moved = at.map((begin, r) => begin - before[r]!);
    before = at;
    if (past === 0) return volume(extents);
    if (moved.every((by) => by === 0)) return 0;
    if (distance !== null && moved.some((by, r) => by !== distance![r])) {
      distance = null;
      return volume(extents);
    }
    distance = moved;
    return freshWords(moved, extents);
  });
}

/** Words of a tile that it does not share with the one that it has moved away from. */
function freshWords(moved: readonly number[], extents: readonly number[]): number {
  return volume(extents) - volume(extents.map((extent, r) => Math.max(0, extent - Math.abs(moved[r]!))));
}

function volume(extents: readonly number[]): number {
  return extents.reduce((words, extent) => words * extent, 1);
}
