import { type OutputForm, printData } from "../terminal/print-data.js";
import { explainCase } from "./explain-case.js";
import { explainRun } from "./explain-run.js";

/** The options of `loopnest explain` as the command line gives them. */
export interface ExplainOptions extends OutputForm {
  readonly layer: readonly string[];
  readonly adapt?: boolean;
  readonly case?: string;
  /** Name or file. */
  readonly target?: string;
}

/**
 * `loopnest explain`: of a run folder, or of a case.
 *
 * @param run Folder; the case of the options is explained where there is none.
 * @throws LoopnestError `input` for a run or a case that cannot be read.
 */
export async function explain(run: string | undefined, options: ExplainOptions): Promise<void> {
  printData(options, run === undefined ? await explainCase(options.case!, options) : await explainRun(run, options));
}
