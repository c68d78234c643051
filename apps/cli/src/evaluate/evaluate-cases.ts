import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import { idOf, rejectionRecord } from "../cases/case-record.js";
import { displayName } from "../files/read-text.js";
import { textLines } from "../files/text-lines.js";
import { locateError } from "../input/locate-error.js";
import { type Counting, type CountingName, countingOf } from "./counting.js";

/**
 * Evaluates the cases of a JSON Lines file as they arrive and prints one record per line; empty lines are passed over.
 *
 * A case that the model rejects is an answer like any other. A line that holds no well-formed case is printed as a
 * record with the error `input`, and the next line follows.
 *
 * @param print Takes a line; may ask to wait before the next.
 * @param given Whose counting; that of the record, or today's Timeloop's, unless given.
 * @throws LoopnestError `input` if the file cannot be read, or, after the last line, if lines hold no well-formed case:
 * all of those.
 */
export async function evaluateCases(
  file: string,
  given: CountingName | undefined,
  print: (line: string) => Promise<void> | void,
): Promise<void> {
  const counting = countingOf(given);
  const faults: LoopnestError[] = [];
  let line = 0;
  for await (const text of textLines(file)) {
    line++;
    if (text.trim() === "") continue;
    const record = evaluateLine(text, counting, line, displayName(file), faults);
    const wait = print(JSON.stringify(record));
    if (wait !== undefined) await wait;
  }
  const [first, ...more] = faults.map((error) => error.data);
  if (first !== undefined) throw new LoopnestError({ ...first, more });
}

function evaluateLine<T>(
  text: string,
  { schema, record }: Counting<T>,
  line: number,
  file: string,
  faults: LoopnestError[],
) {
  let data: unknown;
  try {
    data = JSON.parse(text);
    const parsed = schema.safeParse(data);
    // The slow way says where in the text the fault is.
    return record(idOf(data), parsed.success ? parsed.data : validate(lineSource(text, file), schema));
  } catch (error) {
    const reason = error instanceof SyntaxError ? syntaxError(text, file) : error;
    if (!(reason instanceof LoopnestError)) throw reason;
    if (reason.code !== "input") return rejectionRecord(idOf(data), reason, line);
    const { more: _, position, ...fault } = locateError(reason, () => lineSource(text, file)).data;
    const located = new LoopnestError({ ...fault, position: { column: 1, ...position, file, line } });
    faults.push(located);
    return rejectionRecord(idOf(data), located, line);
  }
}

function lineSource(text: string, file: string): SourceText {
  return new SourceText(text, { file, format: "json" });
}

function syntaxError(text: string, file: string): unknown {
  try {
    lineSource(text, file);
    return new Error(`JSON.parse rejects a text that loopnest can read: ${text.slice(0, 100)}`);
  } catch (error) {
    return error;
  }
}
