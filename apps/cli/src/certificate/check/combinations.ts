import type { RunObjective } from "@loopnest/report";
import { leastOnLine, networkCorners, type Point } from "./least-total.js";
import type { Totals } from "./question.js";

/** Partial sums that are kept at most, for a layer. */
const MOST_SUMS = 200_000;

/**
 * Whether some combination of the layers' points is below a value: all of them, layer by layer, without the sums that
 * another one is below in both, and those that nothing of the remaining layers can bring below the value.
 *
 * @returns `null` if there are too many to say.
 */
export function combinesBelow(
  fronts: readonly (readonly Point[])[],
  base: Totals,
  objective: RunObjective,
  areaUm2: number,
  value: number,
): boolean | null {
  let sums: Totals[] = [base];
  for (let layer = 0; layer < fronts.length; layer++) {
    const rest = networkCorners(fronts.slice(layer + 1), { energyPj: 0, latencyCycles: 0 });
    const next: Totals[] = [];
    for (const sum of sums) {
      for (const point of fronts[layer]!) {
        const own = plus(sum, point);
        const reached = rest.map((corner) => plus(own, corner));
        if (leastOnLine(reached, objective, areaUm2).value < value) next.push(own);
        if (next.length > MOST_SUMS) return null;
      }
    }
    sums = lowest(next);
  }
  return sums.length > 0;
}

function plus(a: Totals, b: Totals): Totals {
  return { energyPj: a.energyPj + b.energyPj, latencyCycles: a.latencyCycles + b.latencyCycles };
}

function lowest(sums: readonly Totals[]): Totals[] {
  const sorted = [...sums].sort((a, b) => a.latencyCycles - b.latencyCycles || a.energyPj - b.energyPj);
  let least = Number.POSITIVE_INFINITY;
  return sorted.filter(({ energyPj }) => energyPj < least && (least = energyPj) === energyPj);
}
