import { runSearch, type SearchHooks, type SearchResult } from "@loopnest/optimizers";
import { searchMethod } from "../plan/methods.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";

/** Does the jobs of one plan. @param part All parts in turn, and what follows from them, unless given. */
export type JobDoer = (part: number | undefined, hooks: SearchHooks) => Promise<SearchResult>;

/** @throws LoopnestError `input` if the inputs of the plan do not go together. */
export async function jobDoer(plan: SearchPlan): Promise<JobDoer> {
  // Whoever made the plan has let its code run.
  if (plan.inputs.learned !== undefined)
    (await import("../input/model-input.js")).allowModel(plan.inputs.learned.model);
  const [method, task] = await Promise.all([searchMethod(plan.method), searchTask(plan)]);
  return (part, hooks) =>
    part === undefined ? runSearch(method, task, plan.options, hooks) : method.run(task, plan.options, part, hooks);
}
