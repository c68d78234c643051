import type { Cost } from "@loopnest/mapspace";

/** What a search minimises. EDP: energy x delay; EDAP: energy x delay x area. */
export type ObjectiveName = "edp" | "energy" | "latency" | "edap";

/** An objective and the limits a design must keep. */
export interface Objective {
  readonly name: ObjectiveName;
  /** No limit unless given. */
  readonly maxAreaMm2?: number;
  /** Of the whole network, in cycles; no limit unless given. */
  readonly maxLatencyCycles?: number;
}

/** Totals of a network on one machine. */
export interface Totals {
  /** Sum over layers of count x energy. */
  readonly energyUj: number;
  /** Sum over layers of count x latency. */
  readonly latencyCycles: number;
  readonly areaMm2: number;
}

/** How energy, latency and area enter an objective: the exponents of their product. */
export interface Exponents {
  readonly energy: number;
  readonly latency: number;
  readonly area: number;
}

const EXPONENTS: Readonly<Record<ObjectiveName, Exponents>> = {
  edp: { energy: 1, latency: 1, area: 0 },
  energy: { energy: 1, latency: 0, area: 0 },
  latency: { energy: 0, latency: 1, area: 0 },
  edap: { energy: 1, latency: 1, area: 1 },
};

/** Names of all objectives. */
export const objectiveNames = Object.keys(EXPONENTS) as readonly ObjectiveName[];

/** Unit in which an objective's value is given. */
export function objectiveUnit(name: ObjectiveName): string {
  return { edp: "uJ x cycles", energy: "uJ", latency: "cycles", edap: "uJ x cycles x mm2" }[name];
}

/** Powers of energy, latency and area whose product an objective is. */
export function objectiveExponents(name: ObjectiveName): Exponents {
  return EXPONENTS[name];
}

/** Value of the objective, limits aside: `energyUj^a * latencyCycles^b * areaMm2^c`. */
export function objectiveValue(name: ObjectiveName, totals: Totals): number {
  const { energy, latency, area } = EXPONENTS[name];
  return totals.energyUj ** energy * totals.latencyCycles ** latency * totals.areaMm2 ** area;
}

/** What a layer alone would make of the objective, area and limits aside: `energyPj^a * latencyCycles^b`. */
export function layerValue(name: ObjectiveName, cost: Cost): number {
  const { energy, latency } = EXPONENTS[name];
  return cost.energyPj ** energy * cost.latencyCycles ** latency;
}

/** Whether a design keeps the objective's limits. */
export function keepsLimits(objective: Objective, totals: Totals): boolean {
  return (
    totals.areaMm2 <= (objective.maxAreaMm2 ?? Number.POSITIVE_INFINITY) &&
    totals.latencyCycles <= (objective.maxLatencyCycles ?? Number.POSITIVE_INFINITY)
  );
}
