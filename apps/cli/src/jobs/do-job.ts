import { runSearch, type SearchHooks, type SearchResult } from "@loopnest/optimizers";
import { isProgramModel } from "../external/program-model.js";
import { searchMethod } from "../plan/methods.js";
import { runModel } from "../plan/run-model.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { pointFigures } from "../run-folder/point-figures.js";
import { askingProgram } from "./asking-program.js";
import type { JobAnswer, SearchJob } from "./job.js";

/** A search, or one part of it. */
type Searching = (part: number | undefined, hooks: SearchHooks) => Promise<SearchResult>;

/** Does jobs of the same inputs: what it takes long to make of them, it makes once. */
export type JobDoer = (job: SearchJob, hooks: SearchHooks) => Promise<JobAnswer>;

/** @throws LoopnestError `input` if the inputs do not go together. */
export async function jobDoer(inputs: SearchInputs): Promise<JobDoer> {
  // Whoever made the plan has let its code run.
  if (inputs.learned !== undefined) (await import("../input/model-input.js")).allowModel(inputs.learned.model);
  const model = await runModel(inputs);
  return async ({ plan, part, wants = "result" }, hooks) => {
    const { options, objective, fixed } = plan;
    const method = await searchMethod(plan.method);
    const task = { model, workload: inputs.workload, objective, fixed };
    const once: Searching = (own, more) =>
      own === undefined ? runSearch(method, task, options, more) : method.run(task, options, own, more);
    const search = isProgramModel(model) ? askingProgram(model, once) : once;
    const result = await search(part, hooks);
    return { result, ...(wants !== "result" && { figures: await pointFigures(plan, result) }) };
  };
}
