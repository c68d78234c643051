import type * as z from "zod";
import { type ErrorData, LoopnestError } from "../errors/loopnest-error.js";
import { documentFaults } from "./issues.js";
import { type SourceOptions, SourceText } from "./source-text.js";

/**
 * Reads a document: YAML or JSON text to the data of a schema.
 *
 * @throws LoopnestError `input` if the text cannot be read or does not fit the schema, with file, line and column, the path of
 * the value and what would be right. The message is that of the first fault; `data.more` lists the others.
 */
export function parseDocument<T>(text: string, options: SourceOptions, schema: z.ZodType<T>): T {
  return validate(new SourceText(text, options), schema);
}

/**
 * Checks a text that was read against a schema.
 *
 * @throws LoopnestError `input`, as `parseDocument`.
 */
export function validate<T>(source: SourceText, schema: z.ZodType<T>): T {
  const result = schema.safeParse(source.data, { reportInput: true });
  if (result.success) return result.data;
  const [first, ...more] = documentFaults(result.error.issues, schema, source) as [ErrorData, ...ErrorData[]];
  throw new LoopnestError(more.length > 0 ? { ...first, more } : first);
}
