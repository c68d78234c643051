import { divisors, type Problem, paddedBounds } from "@loopnest/mapspace";

/** Units in use from which on a bound that divides badly is not worth a word. */
const WELL_USED = 0.9;

/**
 * Names the bounds that leave units without work because they cannot be cut: primes, and what has large prime factors
 * only.
 *
 * @param spatialUse Share of the units that have work.
 * @returns A line for each; none where the units are in use.
 */
export function primeLines(problem: Problem, spatialUse: number): string[] {
  if (spatialUse >= WELL_USED) return [];
  return Object.entries(problem.dims).flatMap(([dim, bound]) => {
    const [larger] = paddedBounds(bound, "auto").slice(-1);
    if (larger === undefined) return [];
    const parts = divisors(bound).slice(1, -1);
    const why = parts.length === 0 ? "is prime" : `divides by ${parts.join(", ")} only`;
    return [
      `${dim} ${bound} ${why}, which leaves few ways to share it among units; --pad may run it at up to ${larger}`,
    ];
  });
}
