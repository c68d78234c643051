import type { NestState } from "../state/nest-state.js";

/**
 * Words of an output that are read back to be added to: all that is served but the first visit of what is owned (R9).
 */
export function readWords(served: number, partition: number): number {
  return Math.max(0, served - partition);
}

/**
 * Words that fill a level that is not its tensor's outermost keeper, of those that arrive (R9): all of an input's; of
 * an output's, as counted today, all but first visits.
 */
export function filledWords(
  { shape, counts }: Pick<NestState, "shape" | "counts">,
  t: number,
  arrived: number,
  partition: number,
): number {
  return shape.isOutput[t] === 0 || counts === "timeloop-2022" ? arrived : Math.max(0, arrived - partition);
}
