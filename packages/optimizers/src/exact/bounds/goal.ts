import { type Objective, objectiveExponents } from "../../search/objective.js";

/** An objective in the units in which the search adds up: pJ, cycles, um2. */
export interface Goal {
  /** Value of the objective, limits aside. */
  value(energyPj: number, latencyCycles: number, areaUm2: number): number;
  /** Least product energy^a * latency^b that reaches a value, in pJ and cycles. */
  product(value: number, areaUm2: number): number;
  /** energy^a * latency^b. */
  ofTotals(energyPj: number, latencyCycles: number): number;
  readonly usesEnergy: boolean;
  readonly usesLatency: boolean;
  /** Whether area enters the value, or is limited. */
  readonly usesArea: boolean;
  readonly maxAreaUm2: number;
  readonly maxLatencyCycles: number;
}

/** The goal of an objective with its limits; one that is not given is infinite. */
export function goal(objective: Objective): Goal {
  const { energy, latency, area } = objectiveExponents(objective.name);
  const ofTotals = (energyPj: number, latencyCycles: number) =>
    (energy === 0 ? 1 : energyPj ** energy) * (latency === 0 ? 1 : latencyCycles ** latency);
  const scale = (areaUm2: number) => (energy === 0 ? 1 : 1e6 ** energy) / (area === 0 ? 1 : (areaUm2 / 1e6) ** area);
  return {
    value: (energyPj, latencyCycles, areaUm2) => ofTotals(energyPj, latencyCycles) / scale(areaUm2),
    product: (value, areaUm2) => value * scale(areaUm2),
    ofTotals,
    usesEnergy: energy > 0,
    usesLatency: latency > 0,
    usesArea: area > 0 || objective.maxAreaMm2 !== undefined,
    maxAreaUm2: (objective.maxAreaMm2 ?? Number.POSITIVE_INFINITY) * 1e6,
    maxLatencyCycles: objective.maxLatencyCycles ?? Number.POSITIVE_INFINITY,
  };
}
