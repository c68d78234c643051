import { type Counts, LoopnestError } from "@loopnest/mapspace";
import { caseSchema, SourceText, validate } from "@loopnest/mapspace/schema";
import { evaluate } from "@loopnest/model-analytical";
import { evaluationRecord, idOf, rejectionRecord } from "../cases/case-record.js";
import { displayName, readText } from "../files/read-text.js";
import { locateError } from "../input/locate-error.js";

/**
 * Evaluates the one case of a file (JSON or YAML; `-` is standard input) and prints its record as a line.
 *
 * A case that the model rejects is printed as a record with its error, too.
 *
 * @param given Whose counting; that of the record, or today's Timeloop's, unless given.
 * @throws LoopnestError with its place in the file if the file or the mapping is wrong.
 */
export async function evaluateCase(
  file: string,
  given: Counts | undefined,
  print: (line: string) => void,
): Promise<void> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const { architecture, problem, mapping, counts } = validate(source, caseSchema);
  const id = idOf(source.data);
  try {
    print(JSON.stringify(evaluationRecord(id, evaluate(problem, architecture, mapping, given ?? counts))));
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const located = locateError(error, () => source);
    print(JSON.stringify(rejectionRecord(id, located)));
    throw located;
  }
}
