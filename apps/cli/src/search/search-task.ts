import { analyticalModel } from "@loopnest/model-analytical";
import type { SearchTask } from "@loopnest/optimizers";
import { energyTableOf } from "../input/energy-table-input.js";
import type { SearchPlan } from "./search-plan.js";

/**
 * The task of a plan, with the exact model as its performance model, or a learned one around it.
 *
 * @throws LoopnestError `input` if target, energy table and learned model do not go together.
 */
export async function searchTask({ inputs, objective, fixed }: SearchPlan): Promise<SearchTask> {
  const { workload, target, learned } = inputs;
  const exact = analyticalModel(target, energyTableOf(inputs.energyTable));
  if (learned === undefined) return { model: exact, workload, objective, fixed };
  const { withModel } = await import("../learned/model-input.js");
  return { model: await withModel(exact, learned.model, learned), workload, objective, fixed };
}
