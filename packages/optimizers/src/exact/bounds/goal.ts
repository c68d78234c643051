import { type Objective, objectiveExponents } from "../../search/objective.js";

/** An objective in the units in which the search adds up: pJ, cycles, um2. */
export interface Goal {
  /** Value of the objective, limits aside. */
  value(energyPj: number, latencyCycles: number, areaUm2: number): number;
  /** energy^a * latency^b. */
  ofTotals(energyPj: number, latencyCycles: number): number;
  /**
   * Energy, latency and their product below which a total must stay to keep the limits and be better than a cut on an
   * area.
   */
  within(cut: number, areaUm2: number): Reach;
  /** Whether energy enters the value, or is limited. */
  readonly usesEnergy: boolean;
  /** Whether area enters the value, or is limited. */
  readonly usesArea: boolean;
  readonly maxAreaUm2: number;
  /** What the limits alone leave. */
  readonly limits: Reach;
}

/** The most that totals may be; infinite where nothing holds them. */
export interface Reach {
  readonly energyPj: number;
  readonly latencyCycles: number;
  /** energy * latency. */
  readonly product: number;
}

/** The goal of an objective with its limits; one that is not given is infinite. */
export function goal(objective: Objective): Goal {
  const { energy, latency, area } = objectiveExponents(objective.name);
  const none = Number.POSITIVE_INFINITY;
  const limits: Reach = {
    energyPj: (objective.maxEnergyUj ?? none) * 1e6,
    latencyCycles: objective.maxLatencyCycles ?? none,
    product: (objective.maxEdp ?? none) * 1e6,
  };
  const ofTotals = (energyPj: number, latencyCycles: number) =>
    (energy === 0 ? 1 : energyPj ** energy) * (latency === 0 ? 1 : latencyCycles ** latency);
  const scale = (areaUm2: number) => (energy === 0 ? 1 : 1e6 ** energy) / (area === 0 ? 1 : (areaUm2 / 1e6) ** area);
  const cutBy = (own: boolean, limit: number, most: number) => (own ? Math.min(limit, most) : limit);
  return {
    value: (energyPj, latencyCycles, areaUm2) => ofTotals(energyPj, latencyCycles) / scale(areaUm2),
    ofTotals,
    within(cut, areaUm2) {
      const most = cut * scale(areaUm2);
      return {
        energyPj: cutBy(energy > 0 && latency === 0, limits.energyPj, most),
        latencyCycles: cutBy(latency > 0 && energy === 0, limits.latencyCycles, most),
        product: cutBy(energy > 0 && latency > 0, limits.product, most),
      };
    },
    usesEnergy: energy > 0 || Math.min(limits.energyPj, limits.product) < none,
    usesArea: area > 0 || objective.maxAreaMm2 !== undefined,
    maxAreaUm2: (objective.maxAreaMm2 ?? none) * 1e6,
    limits,
  };
}
