import type { Architecture } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { energyTableOf } from "../input/energy-table-input.js";
import type { SearchInputs } from "../plan/search-plan.js";
import type { RunResult } from "../run-folder/run-result.js";
import { type Elasticity, elasticities } from "./elasticities.js";

/** A run with all that charts and pages show of it. */
export interface RunView {
  /** How the run is called beside others; no two alike. */
  readonly label: string;
  readonly result: RunResult;
  /** The machine with the run's sizes. */
  readonly architecture: Architecture;
  readonly elasticities: readonly Elasticity[];
}

/** A run before it is looked at. */
export interface RunToView {
  readonly label: string;
  readonly result: RunResult;
  readonly inputs: SearchInputs;
}

/** @throws LoopnestError if hardware, target and energy table do not go together. */
export async function runView({ label, result, inputs }: RunToView): Promise<RunView> {
  const architecture = priceTarget(inputs.target, energyTableOf(inputs.energyTable)).architecture(result.hardware);
  return { label, result, architecture, elasticities: await elasticities(inputs, result) };
}
