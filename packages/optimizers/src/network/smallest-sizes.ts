import type { MinimalHardware, Needs } from "@loopnest/mapspace";
import { clearNeeds, raiseNeeds } from "./needs.js";

/** What decides how small hardware may be: the layers of a network, and the sizes that are given. */
interface Sized {
  readonly layers: readonly unknown[];
  readonly minimal: MinimalHardware;
  readonly fixed: Float64Array;
}

/**
 * Writes the smallest sizes of hardware that hold a mapping of every layer.
 *
 * @param needsOf What the mapping of layer `i` needs; the answer is read before the next question.
 * @param all Scratch: the most that any layer needs.
 * @returns false if no hardware within the target's sizes holds them.
 */
export function smallestSizes(
  { layers, minimal, fixed }: Sized,
  needsOf: (i: number) => Needs,
  all: Needs,
  sizes: Float64Array,
): boolean {
  clearNeeds(all);
  for (let i = 0; i < layers.length; i++) raiseNeeds(all, needsOf(i));
  return minimal.solve(all, fixed, true, sizes);
}
