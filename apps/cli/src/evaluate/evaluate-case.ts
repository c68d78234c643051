import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import { idOf, rejectionRecord } from "../cases/case-record.js";
import { displayName, readText } from "../files/read-text.js";
import { locateError } from "../input/locate-error.js";
import { type CountingName, countingOf } from "./counting.js";

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
  given: CountingName | undefined,
  print: (line: string) => void,
): Promise<void> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const { schema, record } = countingOf(given);
  const data = validate(source, schema);
  const id = idOf(source.data);
  try {
    print(JSON.stringify(record(id, data)));
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const located = locateError(error, () => source);
    print(JSON.stringify(rejectionRecord(id, located)));
    throw located;
  }
}
