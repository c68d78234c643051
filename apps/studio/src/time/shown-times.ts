import type { Mapping } from "@loopnest/mapspace";
import type { Track } from "./tracks.js";

/** Cycles to step through. */
export interface ShownTimes {
  readonly cycles: readonly number[];
  /** What of the nest is left out; `null` if nothing is. */
  readonly leftOut: string | null;
}

/**
 * Cycles in which some tile comes, ascending: all of them if they are at most so many, or else those in which every
 * loop in time is in its first, its second or its last iteration; of nests deeper still in its first or last, and of
 * those that are too deep even then only the outer loops go on.
 */
export function shownTimes(tracks: readonly Track[], mapping: Mapping, most: number): ShownTimes {
  const moves = tracks.reduce((sum, { walk }) => sum + walk.moves, 0);
  if (moves <= most) {
    const cycles = new Set(tracks.flatMap(({ walk }) => movesOf(walk)));
    return { cycles: [...cycles].sort((a, b) => a - b), leftOut: null };
  }
  const factors = mapping
    .flatMap(({ temporal }) => temporal.map(([, factor]) => factor))
    .filter((factor) => factor > 1);
  const iterations = shownIterations(factors, most);
  let cycles = [0];
  factors.forEach((factor, j) => {
    cycles = cycles.flatMap((cycle) => iterations.of[j]!.map((own) => cycle * factor + own));
  });
  const shown = cycles.filter((cycle) => tracks.some((track) => comesAt(track, cycle)));
  return { cycles: shown, leftOut: iterations.leftOut };
}

function shownIterations(factors: readonly number[], most: number): { of: number[][]; leftOut: string } {
  const withSecond = factors.map((factor) => [...new Set([0, 1, factor - 1])]);
  if (withSecond.reduce((count, own) => count * own.length, 1) <= most) {
    return { of: withSecond, leftOut: "of every loop the first, second and last iterations are shown" };
  }
  const outer = Math.floor(Math.log2(most));
  const of = factors.map((factor, j) => (j < outer ? [0, factor - 1] : [0]));
  const which = factors.length > outer ? `of the ${outer} outer loops` : "of every loop";
  return { of, leftOut: `${which} the first and last iterations are shown` };
}

/** Whether a tile comes in a cycle. */
export function comesAt({ walk }: Track, cycle: number): boolean {
  const step = cycle / walk.cyclesPerStep;
  return Number.isInteger(step) && walk.cameAt(step) === step;
}

function movesOf(walk: Track["walk"]): number[] {
  const found: number[] = [];
  for (let step = 0; step < walk.steps; step = walk.nextMove(step)) found.push(step * walk.cyclesPerStep);
  return found;
}
