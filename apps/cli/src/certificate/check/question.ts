import type { Hardware, PerformanceModel, Workload } from "@loopnest/mapspace";
import type { RunObjective } from "@loopnest/report";

/** What a certificate is about. */
export interface Question {
  /** The exact model on the target. */
  readonly model: PerformanceModel;
  readonly workload: Workload;
  readonly objective: RunObjective;
  /** Sizes that are given. */
  readonly fixed: Hardware;
}

/** Whole networks on one machine, in the units in which they are added up. */
export interface Totals {
  readonly energyPj: number;
  readonly latencyCycles: number;
}

/** Value of an objective in its unit: uJ, cycles and mm2, multiplied as its name says. */
export function objectiveOf({ name }: RunObjective, { energyPj, latencyCycles }: Totals, areaUm2: number): number {
  const energyUj = energyPj / 1e6;
  const areaMm2 = areaUm2 / 1e6;
  switch (name) {
    case "energy":
      return energyUj;
    case "latency":
      return latencyCycles;
    case "area":
      return areaMm2;
    case "edap":
      return energyUj * latencyCycles * areaMm2;
    default:
      return energyUj * latencyCycles;
  }
}

/** Room for rounding in comparisons with a limit, relative to it. */
const ROUNDING = 1e-9;

/** Whether totals keep the limits on energy, latency and their product. */
export function keepsTotals(objective: RunObjective, { energyPj, latencyCycles }: Totals): boolean {
  const {
    maxEnergyUj = Number.POSITIVE_INFINITY,
    maxLatencyCycles = Number.POSITIVE_INFINITY,
    maxEdp = Number.POSITIVE_INFINITY,
  } = objective;
  const room = 1 + ROUNDING;
  const energyUj = energyPj / 1e6;
  return (
    energyUj <= maxEnergyUj * room &&
    latencyCycles <= maxLatencyCycles * room &&
    energyUj * latencyCycles <= maxEdp * room
  );
}

/** Whether an area keeps its limit. */
export function keepsArea({ maxAreaMm2 = Number.POSITIVE_INFINITY }: RunObjective, areaUm2: number): boolean {
  return areaUm2 / 1e6 <= maxAreaMm2 * (1 + ROUNDING);
}
