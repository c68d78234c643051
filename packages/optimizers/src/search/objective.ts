import type { Cost } from "@loopnest/mapspace";

/** What a search minimises. EDP: energy x delay; EDAP: energy x delay x area. */
export type ObjectiveName = "edp" | "energy" | "latency" | "edap" | "area";

/** An objective and the limits a design must keep. */
export interface Objective {
  readonly name: ObjectiveName;
  /** No limit unless given. */
  readonly maxAreaMm2?: number;
  /** Of the whole network, in cycles; no limit unless given. */
  readonly maxLatencyCycles?: number;
  /** Of the whole network, in uJ; no limit unless given. */
  readonly maxEnergyUj?: number;
  /** Energy x delay of the whole network, in uJ x cycles; no limit unless given. */
  readonly maxEdp?: number;
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
  area: { energy: 0, latency: 0, area: 1 },
};

/** What each limit holds down. */
const LIMITED = {
  maxAreaMm2: "area",
  maxLatencyCycles: "latency",
  maxEnergyUj: "energy",
  maxEdp: "edp",
} as const satisfies Readonly<Record<keyof Omit<Objective, "name">, ObjectiveName>>;

/** Names of all objectives. */
export const objectiveNames = Object.keys(EXPONENTS) as readonly ObjectiveName[];

/** Unit in which an objective's value is given. */
export function objectiveUnit(name: ObjectiveName): string {
  return { edp: "uJ x cycles", energy: "uJ", latency: "cycles", edap: "uJ x cycles x mm2", area: "mm2" }[name];
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

/**
 * What a layer alone would make of the objective, area and limits aside: `energyPj^a * latencyCycles^b`. Where neither
 * counts, energy x delay ranks layers: what limits hold down leaves room for less area.
 */
export function layerValue(name: ObjectiveName, cost: Cost): number {
  const { energy, latency } = EXPONENTS[name === "area" ? "edp" : name];
  return cost.energyPj ** energy * cost.latencyCycles ** latency;
}

/** One limit of an objective: what it holds down, and its most in the unit of that. */
export interface Limit {
  readonly of: ObjectiveName;
  readonly most: number;
}

/** The limits that an objective has. @internal */
export function limitsOf(objective: Objective): readonly Limit[] {
  return (Object.keys(LIMITED) as (keyof typeof LIMITED)[]).flatMap((limit) => {
    const most = objective[limit];
    return most === undefined ? [] : [{ of: LIMITED[limit], most }];
  });
}

/**
 * The objective with one more limit on what another objective minimises: the tighter one where there is one already.
 */
export function withLimit(objective: Objective, { of, most }: Limit): Objective {
  const [limit] = (Object.keys(LIMITED) as (keyof typeof LIMITED)[]).filter((name) => LIMITED[name] === of);
  if (limit === undefined) return objective;
  return { ...objective, [limit]: Math.min(most, objective[limit] ?? Number.POSITIVE_INFINITY) };
}

/** Whether a design keeps the objective's limits. @internal */
export function keepsLimits(objective: Objective, totals: Totals): boolean {
  return limitsOf(objective).every(({ of, most }) => objectiveValue(of, totals) <= most);
}
