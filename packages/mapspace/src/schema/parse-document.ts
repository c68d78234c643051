import type * as z from "zod";
import { type ErrorData, LoopnestError } from "../errors/loopnest-error.js";
import { pathText } from "../yaml/path-text.js";
import { documentFaults } from "./issues.js";
import { RESERVED_NAME } from "./quantities.js";
import { type SourceOptions, SourceText } from "./source-text.js";

/**
 * Reads a document: YAML or JSON text to the data of a schema.
 *
 * @throws LoopnestError `input` if the text cannot be read or does not fit the schema, with file, line and column, the
 * path of the value and what would be right. The message is that of the first fault; `data.more` lists the others.
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
  refuseReservedKey(source);
  const result = schema.safeParse(source.data, { reportInput: true });
  if (result.success) return result.data;
  if (source.isEmpty) throw emptyDocument(source);
  const [first, ...more] = documentFaults(result.error.issues, schema, source) as [ErrorData, ...ErrorData[]];
  throw new LoopnestError(more.length > 0 ? { ...first, more } : first);
}

/** @throws LoopnestError `input` if a field has the one name that no schema sees. */
function refuseReservedKey(source: SourceText): void {
  const path = reservedKey(source.data);
  if (path === null) return;
  throw new LoopnestError({
    code: "input",
    path: pathText(path),
    problem: `nothing can be called ${RESERVED_NAME}`,
    fix: "give it another name: this one belongs to JavaScript",
    position: source.positionOf(path, "key"),
  });
}

function reservedKey(data: unknown): PropertyKey[] | null {
  if (typeof data !== "object" || data === null) return null;
  if (Array.isArray(data)) return firstInside(data.entries());
  if (Object.hasOwn(data, RESERVED_NAME)) return [RESERVED_NAME];
  return firstInside(Object.entries(data));
}

function firstInside(entries: Iterable<[PropertyKey, unknown]>): PropertyKey[] | null {
  for (const [step, value] of entries) {
    const path = reservedKey(value);
    if (path !== null) return [step, ...path];
  }
  return null;
}

function emptyDocument({ file }: SourceText): LoopnestError {
  const position = { ...(file !== undefined && { file }), line: 1, column: 1 };
  return new LoopnestError({
    code: "input",
    problem: "there is nothing in it",
    fix: "give a file with content",
    position,
  });
}
