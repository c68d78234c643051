import type { Cost } from "@loopnest/mapspace";
import type { Weights } from "../uneven/placement.js";
import { leastBetween, type Support } from "./supports.js";

/** What is known of the least weighted sums of something: points that have been found, and what is proved of all. */
export interface KnownOptima<T extends Readonly<Cost>> {
  /** The best point found so far; `null` if there is none. */
  best(weights: Weights): T | null;
  /** No point has less. */
  least(weights: Weights): number;
  /** Takes in that no point has less than a value. */
  prove(weights: Weights, value: number): void;
  /** Takes in a point that has the least. */
  settle(weights: Weights, point: T): void;
}

/** @param floor A value that no point has less of, before anything is known. */
export function makeKnownOptima<T extends Readonly<Cost>>(floor: (weights: Weights) => number): KnownOptima<T> {
  const supports: Support[] = [];
  const points: T[] = [];
  const answers = new WeakMap<Weights, { readonly known: number; readonly value: number }>();
  const prove = (weights: Weights, value: number) => supports.push({ weights, value });
  return {
    best: (weights) => points.reduce<T | null>((a, b) => (a === null || by(weights, b) < by(weights, a) ? b : a), null),
    least(weights) {
      const before = answers.get(weights);
      if (before?.known === supports.length) return before.value;
      const value = Math.max(before?.value ?? floor(weights), leastBetween(supports, weights));
      answers.set(weights, { known: supports.length, value });
      return value;
    },
    prove,
    settle(weights, point) {
      points.push(point);
      prove(weights, by(weights, point));
    },
  };
}

/** A weighted sum. */
export function by({ energy, latency }: Weights, { energyPj, latencyCycles }: Readonly<Cost>): number {
  return energy * energyPj + latency * latencyCycles;
}
