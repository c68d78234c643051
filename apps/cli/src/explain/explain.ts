import { explainCase } from "./explain-case.js";
import { explainRun } from "./explain-run.js";

/** The options of `loopnest explain` as the command line gives them. */
export interface ExplainOptions {
  readonly layer: readonly string[];
  readonly adapt?: boolean;
  readonly case?: string;
  /** Name or file. */
  readonly target?: string;
  readonly json?: boolean;
}

/**
 * `loopnest explain`: of a run folder, or of a case.
 *
 * @param run Folder; the case of the options is explained where there is none.
 * @throws LoopnestError `input` for a run or a case that cannot be read.
 */
export async function explain(run: string | undefined, options: ExplainOptions): Promise<void> {
  const text = run === undefined ? await explainCase(options.case!, options) : await explainRun(run, options);
  process.stdout.write(`${text}\n`);
}
