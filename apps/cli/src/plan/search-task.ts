import type { SearchTask } from "@loopnest/optimizers";
import { runModel } from "./run-model.js";
import type { SearchPlan } from "./search-plan.js";

/**
 * The task of a plan, with the exact model as its performance model, or a learned one around it.
 *
 * @throws LoopnestError `input` if target, energy table and learned model do not go together.
 */
export async function searchTask({ inputs, objective, fixed }: SearchPlan): Promise<SearchTask> {
  return { model: await runModel(inputs), workload: inputs.workload, objective, fixed };
}
