import type { Architecture } from "@loopnest/mapspace";
import type { Refetch } from "@loopnest/model-analytical/explain";
import type { Elasticity } from "../figures/elasticities.js";
import type { RunResult } from "./run-result.js";

/** A run with all that charts and pages show of it. */
export interface RunView {
  /** How the run is called beside others; no two alike. */
  readonly label: string;
  readonly result: RunResult;
  /** The machine with the run's sizes. */
  readonly architecture: Architecture;
  readonly elasticities: readonly Elasticity[];
  /** Per layer, what it fetches again and again, and why, where that was looked at. */
  readonly refetches?: readonly (readonly Refetch[])[];
}
