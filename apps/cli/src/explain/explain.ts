import { printData } from "../terminal/print-data.js";
import { explainCase } from "./explain-case.js";
import type { ExplainOptions } from "./explain-options.js";
import { explainRun } from "./explain-run.js";

/**
 * `loopnest explain`: of a run folder, or of a case.
 *
 * @param run Folder; the case of the options is explained where there is none.
 * @throws LoopnestError `input` for a run or a case that cannot be read.
 */
export async function explain(run: string | undefined, options: ExplainOptions): Promise<void> {
  printData(options, run === undefined ? await explainCase(options.case!, options) : await explainRun(run, options));
}
