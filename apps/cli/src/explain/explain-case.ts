import { LoopnestError, makeMapspace } from "@loopnest/mapspace";
import { caseSchema, SourceText, validate } from "@loopnest/mapspace/schema";
import { explainMapping, explainRejection } from "@loopnest/model-analytical/explain";
import { mappingText, rejectionText } from "@loopnest/report";
import { idOf } from "../cases/case-record.js";
import { displayName, readText } from "../files/read-text.js";
import { locateError } from "../input/locate-error.js";
import { targetInput } from "../input/target-input.js";
import type { PrintedData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";
import type { ExplainOptions } from "./explain-options.js";

/**
 * Explains the one case of a file (JSON or YAML; `-` is standard input): its cost if it fits, otherwise why not and
 * what would.
 *
 * @returns What to print.
 * @throws LoopnestError with its place in the file if the file is wrong, or the case is malformed.
 */
export async function explainCase(file: string, { target, counts: given }: ExplainOptions): Promise<PrintedData> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const { architecture, problem, mapping, counts: own, held } = validate(source, caseSchema);
  const counts = given ?? own;
  const space = target === undefined ? null : makeMapspace(await targetInput(target), problem);
  const id = idOf(source.data);
  try {
    // What would fit is not asked of a layer that shares its loops.
    const rejection = held === undefined ? explainRejection(problem, architecture, mapping, space, counts) : null;
    if (rejection !== null)
      return printed({ id, rejection }, () => rejectionText(problem, mapping, rejection, textStyle()));
    const explanation = explainMapping(problem, architecture, mapping, counts, held);
    return printed({ id, explanation }, () => mappingText(problem, mapping, explanation, textStyle()).join("\n"));
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    throw locateError(error, () => source);
  }
}

/** One record is one line. */
function printed(record: object, text: () => string): PrintedData {
  return { document: () => record, lines: () => [record], text: () => `${text()}\n` };
}
