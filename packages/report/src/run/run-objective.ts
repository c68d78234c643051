/** What a search minimised, and within which limits. */
export interface RunObjective {
  readonly name: "edp" | "energy" | "latency" | "edap" | "area";
  readonly maxAreaMm2?: number;
  readonly maxLatencyCycles?: number;
  readonly maxEnergyUj?: number;
  readonly maxEdp?: number;
}

const NAMES: Readonly<Record<RunObjective["name"], string>> = {
  edp: "EDP",
  energy: "energy",
  latency: "latency",
  edap: "EDAP",
  area: "area",
};

/** How an objective is called in texts: `EDP`. */
export function objectiveTitle(name: RunObjective["name"]): string {
  return NAMES[name];
}
