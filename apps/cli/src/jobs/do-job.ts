import { runSearch, type SearchHooks, type SearchResult } from "@loopnest/optimizers";
import { isProgramModel } from "../external/program-model.js";
import { searchMethod } from "../plan/methods.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { pointFigures } from "../run-folder/point-figures.js";
import { askingProgram } from "./asking-program.js";
import type { JobAnswer, SearchJob } from "./job.js";

/** A search, or one part of it. */
export type Searching = (part: number | undefined, hooks: SearchHooks) => Promise<SearchResult>;

/** Does the jobs of one plan. */
export type JobDoer = (job: Omit<SearchJob, "plan">, hooks: SearchHooks) => Promise<JobAnswer>;

/** @throws LoopnestError `input` if the inputs of the plan do not go together. */
export async function jobDoer(plan: SearchPlan): Promise<JobDoer> {
  // Whoever made the plan has let its code run.
  if (plan.inputs.learned !== undefined)
    (await import("../input/model-input.js")).allowModel(plan.inputs.learned.model);
  const [method, task] = await Promise.all([searchMethod(plan.method), searchTask(plan)]);
  const once: Searching = (part, hooks) =>
    part === undefined ? runSearch(method, task, plan.options, hooks) : method.run(task, plan.options, part, hooks);
  const search = isProgramModel(task.model) ? askingProgram(task.model, once) : once;
  return async ({ part, wants = "result" }, hooks) => {
    const result = await search(part, hooks);
    return { result, ...(wants !== "result" && { figures: await pointFigures(plan, result) }) };
  };
}
