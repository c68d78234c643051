import type { Hardware, Workload } from "@loopnest/mapspace";
import type { Objective, SearchOptions, SearchTask } from "@loopnest/optimizers";
import { modelOf } from "../design/machine.js";
import type { ChosenTarget } from "../state/studio.js";
import type { MethodName } from "./methods.js";

/** Everything that a search's answer depends on, as plain data: it goes to workers. */
export interface SearchOrder {
  readonly workload: Workload;
  readonly target: ChosenTarget;
  readonly method: MethodName;
  readonly options: SearchOptions;
  readonly objective: Objective;
  /** Sizes that are given, not searched. */
  readonly fixed: Hardware;
}

/** The task of an order, under the exact model. */
export function taskOf({ workload, target, objective, fixed }: SearchOrder): SearchTask {
  return { model: modelOf(target), workload, objective, fixed };
}
