import type { NetworkHull } from "./network-hull.js";

/**
 * A half plane that holds all totals better than a cut: `energy * byEnergy + latency * byLatency < limit`. The weights
 * are those for which the half plane leaves least room above the hull.
 */
export interface Band {
  byEnergy: number;
  byLatency: number;
  /** How far the limit lies above the least weighted total that the hull allows. */
  slack: number;
}

/**
 * Finds the band of a hull for a cut of energy * latency, which some vertex must beat; `Infinity` is no cut.
 *
 * Totals better than the cut lie above the hull and below the curve energy * latency = cut. Walking the hull, let a and
 * b be where it first passes below the curve and last comes up again (at the hull's ends: straight above its first
 * vertex, straight to the right of its last one). All these totals are on the near side of the chord from a to b,
 * because the curve is convex: that is the band.
 */
export function promisingBand(hull: NetworkHull, cut: number, out: Band): void {
  const { count, latency, energy } = hull;
  if (cut === Number.POSITIVE_INFINITY) {
    out.byEnergy = 1;
    out.byLatency = 0;
    out.slack = cut;
    return;
  }
  const below = (k: number) => energy[k]! * latency[k]! < cut;
  let first = 0;
  while (!below(first)) first++;
  let last = count - 1;
  while (!below(last)) last--;
  const latencyA = first === 0 ? latency[0]! : crossing(hull, first, first - 1, cut);
  const latencyB = last === count - 1 ? cut / energy[last]! : crossing(hull, last, last + 1, cut);
  const energyA = cut / latencyA;
  const energyB = cut / latencyB;
  const weight = (energyA - energyB) / (latencyB - latencyA);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < count; k++) least = Math.min(least, energy[k]! + weight * latency[k]!);
  out.byEnergy = 1;
  out.byLatency = weight;
  out.slack = Math.max(energyA + weight * latencyA, energyB + weight * latencyB) - least;
}

/**
 * Latency at which the edge from a vertex below the curve to one not below it meets the curve; errs to the far side.
 */
function crossing({ latency, energy }: NetworkHull, below: number, above: number, cut: number): number {
  let near = 0;
  let far = 1;
  const latencyAt = (x: number) => latency[below]! + x * (latency[above]! - latency[below]!);
  for (let i = 0; i < 40; i++) {
    const middle = (near + far) / 2;
    const energyAt = energy[below]! + middle * (energy[above]! - energy[below]!);
    if (energyAt * latencyAt(middle) < cut) near = middle;
    else far = middle;
  }
  return latencyAt(far);
}
