import * as z from "zod";

/** What a program says of a case. */
export interface Answer {
  /** Of one execution of the layer. */
  readonly cycles: number;
  readonly energyPj?: number;
}

/** A line of a program: an answer to a case, or why there is none. */
export type AnswerLine = { readonly id: string } & ({ readonly answer: Answer } | { readonly error: string });

const quantity = z.number().gt(0, "give a number above 0");
const idSchema = z.union([z.string(), z.number()]).transform(String);
const answerSchema = z.object({ id: idSchema, cycles: quantity, energyPj: quantity.optional() });
const errorSchema = z.object({ id: idSchema, error: z.unknown() });

/**
 * Reads a line that a program wrote: `{"id", "cycles", "energyPj"?}` or `{"id", "error"}`; other fields are passed
 * over.
 *
 * @returns `null` for a line without an id, which is noise.
 */
export function readAnswer(line: string): AnswerLine | null {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return null;
  }
  const id = idSchema.safeParse((data as { id?: unknown } | null)?.id);
  if (!id.success) return null;
  const failed = errorSchema.safeParse(data);
  if (failed.success && failed.data.error !== undefined) return { id: id.data, error: errorText(failed.data.error) };
  const answered = answerSchema.safeParse(data);
  if (answered.success) {
    const { cycles, energyPj } = answered.data;
    return { id: id.data, answer: { cycles, ...(energyPj !== undefined && { energyPj }) } };
  }
  const [issue] = answered.error.issues;
  return { id: id.data, error: `its answer cannot be used: ${issue!.path.join(".")}: ${issue!.message}` };
}

function errorText(error: unknown): string {
  if (typeof error === "string") return error;
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === "string" ? message : JSON.stringify(error);
}
