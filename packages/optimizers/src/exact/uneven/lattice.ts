import { divisors, primeFactors } from "@loopnest/mapspace";

/**
 * All ways in which the temporal loops of a nest can be cut in two: per dimension a divisor of its trips, those inside.
 * Points are numbered so that a point has a larger number than any that divides it.
 */
export interface Lattice {
  readonly count: number;
  /** Trips of every dimension, inside and outside together. */
  readonly trips: readonly number[];
  /** Trips inside, of dimension d at point i. */
  inside(i: number, d: number): number;
  /** The point with those trips inside; -1 if they do not divide what there is. */
  at(inside: readonly number[]): number;
  /** The point with the loops inside i and one more of dimension d, of every prime that is left. */
  steps(i: number, d: number): readonly number[];
}

/** The lattice of the given trips. */
export function makeLattice(trips: readonly number[]): Lattice {
  const lists = trips.map(divisors);
  const strides: number[] = [];
  let count = 1;
  for (const list of lists) {
    strides.push(count);
    count *= list.length;
  }
  const digit = (i: number, d: number) => Math.floor(i / strides[d]!) % lists[d]!.length;
  // Per dimension and digit: how far the steps lie in the numbering.
  const jumps = lists.map((list, d) =>
    list.map((from) =>
      [...new Set(primeFactors(trips[d]! / from))].map(
        (prime) => (list.indexOf(from * prime) - list.indexOf(from)) * strides[d]!,
      ),
    ),
  );
  return {
    count,
    trips,
    at: (inside) => {
      const digits = inside.map((trips, d) => lists[d]!.indexOf(trips));
      return digits.includes(-1) ? -1 : digits.reduce((sum, k, d) => sum + k * strides[d]!, 0);
    },
    inside: (i, d) => lists[d]![digit(i, d)]!,
    steps: (i, d) => jumps[d]![digit(i, d)]!.map((jump) => i + jump),
  };
}
