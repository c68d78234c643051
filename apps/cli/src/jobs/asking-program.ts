import { LoopnestError } from "@loopnest/mapspace";
import type { SearchHooks, SearchResult } from "@loopnest/optimizers";
import type { ProgramModel } from "../external/program-model.js";

/** Passes of a search at most: each answers what the one before has met, and many methods soon meet nothing new. */
const MOST_PASSES = 100;

/**
 * Runs a search again and again, its model's program asked in between about all mappings that it has met, until it
 * meets nothing new: then every figure is the program's. What earlier passes find is not told.
 *
 * @throws LoopnestError `unsupported` if it meets new mappings in every pass.
 */
export function askingProgram(
  model: ProgramModel,
  search: (part: number | undefined, hooks: SearchHooks) => Promise<SearchResult>,
): (part: number | undefined, hooks: SearchHooks) => Promise<SearchResult> {
  return async (part, { onProgress: _, ...hooks }) => {
    for (let pass = 1; pass <= MOST_PASSES; pass++) {
      const result = await search(part, hooks);
      if (!model.asksMore()) {
        tellAccount(model);
        return result;
      }
      if (hooks.signal?.aborted) return { ...result, best: null, convergence: [] };
      await model.ask(hooks.signal);
    }
    throw new LoopnestError({
      code: "unsupported",
      path: "--method",
      problem: `after ${MOST_PASSES} passes the search still meets mappings that the program was not asked about`,
      fix: "spend fewer samples, use random, or loopnest tune --measure",
    });
  };
}

function tellAccount(model: ProgramModel): void {
  const { asked, remembered, failures } = model.account();
  const [first] = failures;
  const failed = first === undefined ? "" : `, ${failures.length} without an answer (${first})`;
  process.stderr.write(`${model.name}: asked about ${asked} mappings${failed}; ${remembered} answers from memory\n`);
}
