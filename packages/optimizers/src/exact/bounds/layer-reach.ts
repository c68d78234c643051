import type { Reach } from "./goal.js";
import type { LowerHull } from "./lower-hull.js";
import type { NetworkHull } from "./network-hull.js";
import { type Band, promisingBand } from "./promising-band.js";

/** What a layer may cost at most in a total that is better than a cut and keeps the limits. */
export interface LayerReach {
  /** Of `byEnergy * energy + byLatency * latency`. */
  readonly byEnergy: number;
  readonly byLatency: number;
  readonly weighed: number;
  readonly energyPj: number;
  readonly latencyCycles: number;
}

/**
 * Per layer, what it may cost if all others cost the least that they can: within the band of all totals better than the
 * cut, and within the limits. Some vertex of the hull must be below the product of the reach.
 */
export function layerReaches(hulls: readonly LowerHull[], hull: NetworkHull, reach: Reach): LayerReach[] {
  const band: Band = { byEnergy: 0, byLatency: 0, slack: 0 };
  promisingBand(hull, reach.product, band);
  const { byEnergy, byLatency } = band;
  const spareEnergy = reach.energyPj * (1 + 1e-12) - hull.energy[hull.count - 1]!;
  const spareLatency = reach.latencyCycles * (1 + 1e-12) - hull.latency[0]!;
  const most = (own: number, spare: number) => own * (1 + 1e-12) + spare * (1 + 1e-9);
  return hulls.map((own) => {
    let least = Number.POSITIVE_INFINITY;
    for (let v = 0; v < own.count; v++)
      least = Math.min(least, byEnergy * own.energy[v]! + byLatency * own.latency[v]!);
    return {
      byEnergy,
      byLatency,
      weighed: most(least, band.slack),
      energyPj: most(own.energy[own.count - 1]!, spareEnergy),
      latencyCycles: most(own.latency[0]!, spareLatency),
    };
  });
}

/** Whether a cost of a layer is within its reach. */
export function isWithin(reach: LayerReach, latencyCycles: number, energyPj: number): boolean {
  return (
    energyPj <= reach.energyPj &&
    latencyCycles <= reach.latencyCycles &&
    reach.byLatency * latencyCycles + reach.byEnergy * energyPj <= reach.weighed
  );
}
