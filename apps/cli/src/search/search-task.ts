import { analyticalModel } from "@loopnest/model-analytical";
import type { SearchTask } from "@loopnest/optimizers";
import { energyTableOf } from "../input/energy-table-input.js";
import type { SearchPlan } from "./search-plan.js";

/**
 * The task of a plan, with the exact model as its performance model.
 *
 * @throws LoopnestError `input` if target and energy table do not go together.
 */
export function searchTask({ inputs, objective, fixed }: SearchPlan): SearchTask {
  const { workload, target } = inputs;
  const model = analyticalModel(target, energyTableOf(inputs.energyTable));
  return { model, workload, objective, fixed };
}
