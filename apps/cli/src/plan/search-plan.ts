import type { Counts, Hardware, Target, Workload } from "@loopnest/mapspace";
import type { Objective, SearchOptions } from "@loopnest/optimizers";
import type { EnergyTableData } from "../input/energy-table-input.js";
import type { LearnedModelData } from "../input/model-input.js";
import type { MethodName } from "./methods.js";

/** A learned model whose latency a search minimises in place of the exact model's. */
export interface LearnedInput {
  readonly model: LearnedModelData;
  /** Deviations that are added to the log of every latency. */
  readonly uncertaintyPenalty: number;
}

/** What a search is about, as plain data. */
export interface SearchInputs {
  readonly workload: Workload;
  readonly target: Target;
  readonly energyTable: EnergyTableData;
  /** Whose counting. */
  readonly counts: Counts;
  readonly learned?: LearnedInput;
}

/** Everything that decides the answer of a search, as plain data: it is sent to workers and kept beside the result. */
export interface SearchPlan {
  readonly inputs: SearchInputs;
  readonly method: MethodName;
  readonly options: SearchOptions;
  readonly objective: Objective;
  /** Sizes that are given, not searched. */
  readonly fixed: Hardware;
}
