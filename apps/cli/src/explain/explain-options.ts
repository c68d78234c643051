import type { Counts } from "@loopnest/mapspace";
import type { OutputForm } from "../terminal/print-data.js";

/** The options of `loopnest explain` as the command line gives them. */
export interface ExplainOptions extends OutputForm {
  readonly layer: readonly string[];
  readonly adapt?: boolean;
  readonly prices?: boolean;
  readonly case?: string;
  /** Name or file. */
  readonly target?: string;
  readonly counts?: Counts;
}
