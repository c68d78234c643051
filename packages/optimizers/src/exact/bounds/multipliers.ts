import type { Goal } from "./goal.js";
import type { LowerHull } from "./lower-hull.js";

/** Weights of energy and latency: a lower bound on `byEnergy * energyPj + byLatency * latencyCycles` is a line. */
export interface Weights {
  readonly byEnergy: number;
  readonly byLatency: number;
}

/** Lines on either side of the middle one, and the ratio of their multipliers. */
const SIDE = 8;
const CLOSE = 1.2;
/** Where limits decide on what side of the middle the optimum is. */
const WIDE = 1.6;

/**
 * The weights for which a layer's least cost is worth knowing, latency's share falling: multipliers around the one at
 * which energy and latency of the whole weigh the same, as they do at an optimum of their product.
 *
 * Between two multipliers of ratio r that touch the curve energy * latency = c, where their lines cross, the product is
 * less than c by about (ln r / 4)^2: 0.2 % for r = 1.2.
 *
 * @param energyPj Of the whole, about.
 * @param latencyCycles Of the whole, about.
 */
export function multipliers(goal: Goal, energyPj: number, latencyCycles: number): Weights[] {
  const { limits, ofTotals } = goal;
  const weighsEnergy = ofTotals(2, 1) !== 1;
  const weighsLatency = ofTotals(1, 2) !== 1;
  const none = Number.POSITIVE_INFINITY;
  const limited = Math.min(limits.energyPj, limits.latencyCycles, limits.product) < none;
  const wanted: Weights[] = [];
  if (!weighsEnergy || limits.latencyCycles < none) wanted.push({ byEnergy: 0, byLatency: 1 });
  if ((weighsEnergy && weighsLatency) || limited) {
    const ratio = limited ? WIDE : CLOSE;
    for (let k = SIDE; k >= -SIDE; k--)
      wanted.push({ byEnergy: 1, byLatency: (energyPj / latencyCycles) * ratio ** k });
  }
  if (!weighsLatency || limits.energyPj < none) wanted.push({ byEnergy: 1, byLatency: 0 });
  return wanted;
}

/**
 * Fills a hull with the corners of what some lines leave: costs of no less latency, no less energy, and no less of
 * every weighted sum.
 *
 * @param weights Latency's share falling.
 * @param least Entry k: the least sum by weights k.
 */
export function hullOfLines(
  weights: readonly Weights[],
  least: readonly number[],
  leastLatency: number,
  leastEnergy: number,
  out: LowerHull,
): void {
  /** Lines energy = sum - multiplier * latency, steepest first, that bound the corner region. */
  const lines: { multiplier: number; sum: number }[] = [];
  const crossing = (a: { multiplier: number; sum: number }, b: { multiplier: number; sum: number }) =>
    (a.sum - b.sum) / (a.multiplier - b.multiplier);
  const offer = (multiplier: number, sum: number) => {
    const line = { multiplier, sum };
    // The line before is nowhere the highest if this one passes above it where it begins.
    while (lines.length > 0) {
      const last = lines.at(-1)!;
      const from = lines.length > 1 ? crossing(lines.at(-2)!, last) : leastLatency;
      if (sum - multiplier * from < last.sum - last.multiplier * from) break;
      lines.pop();
    }
    lines.push(line);
  };
  weights.forEach(({ byEnergy, byLatency }, k) => {
    if (byEnergy > 0 && byLatency > 0) offer(byLatency / byEnergy, least[k]! / byEnergy);
  });
  offer(0, leastEnergy);
  out.clear();
  let latency = leastLatency;
  lines.forEach((line, k) => {
    out.push(latency, line.sum - line.multiplier * latency, k);
    const next = lines[k + 1];
    if (next !== undefined) latency = Math.max(latency, crossing(line, next));
  });
}
