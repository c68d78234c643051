import { type Hardware, LoopnestError, type Mapping, type Problem } from "@loopnest/mapspace";
import { hardwareSchema, mappingSchema, problemSchema, SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { displayName } from "../files/read-text.js";
import { textLines } from "../files/text-lines.js";
import { locateError } from "../input/locate-error.js";

/** A mapping to measure. */
export interface MeasureCase {
  readonly id: string;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly hardware: Hardware;
}

/** Other fields are passed over: a record of an earlier measurement is a case, too. */
export const measureCaseSchema: z.ZodType<MeasureCase> = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  problem: problemSchema,
  mapping: mappingSchema,
  hardware: hardwareSchema.default({}),
});

/**
 * Reads the cases of a JSON Lines file; empty lines are passed over.
 *
 * @param prepare Called with each case; what it throws is reported with the case's place.
 * @returns What `prepare` made of the cases, in their order.
 * @throws LoopnestError with file, line and column: all lines that hold no well-formed case or one that `prepare`
 * rejects.
 */
export async function readCases<T>(file: string, prepare: (one: MeasureCase) => T): Promise<T[]> {
  const name = displayName(file);
  const faults: LoopnestError[] = [];
  const lineOf = new Map<string, number>();
  const prepared: T[] = [];
  let line = 0;
  for await (const text of textLines(file)) {
    line++;
    if (text.trim() === "") continue;
    try {
      const one = readCase(text, name);
      const earlier = lineOf.get(one.id);
      if (earlier !== undefined) {
        throw new LoopnestError({
          code: "input",
          path: "id",
          problem: `line ${earlier} has the id ${one.id}, too`,
          fix: "give every case an id of its own",
        });
      }
      lineOf.set(one.id, line);
      prepared.push(prepare(one));
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      const { position, ...fault } = locateError(
        error,
        () => new SourceText(text, { file: name, format: "json" }),
      ).data;
      faults.push(new LoopnestError({ ...fault, position: { column: 1, ...position, file: name, line } }));
    }
  }
  const [first, ...more] = faults.map(({ data: { more: _, ...fault } }) => fault);
  if (first !== undefined) throw new LoopnestError({ ...first, more });
  return prepared;
}

function readCase(text: string, file: string): MeasureCase {
  return validate(new SourceText(text, { file, format: "json" }), measureCaseSchema);
}
