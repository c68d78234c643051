import * as z from "zod";

/** Whole numbers from 1: bounds, factors, instances, bits. */
export const positiveInteger = z.int().min(1);

/** Whole numbers from 0. */
export const nonNegativeInteger = z.int().min(0);

/** Energies and areas: 0 is allowed, infinity is not. */
export const nonNegative = z.number().min(0);

/** Rates. */
export const positive = z.number().gt(0);

/** A name: any text but the empty one. */
export const name = z.string().min(1);

/** A path inside a document. */
export type Path = readonly PropertyKey[];

/** Reports every value that occurs twice among `values`. */
export function checkUnique(
  values: readonly string[],
  path: (index: number) => PropertyKey[],
  what: string,
  context: z.core.$RefinementCtx,
): void {
  values.forEach((value, i) => {
    if (values.indexOf(value) === i) return;
    context.addIssue({
      code: "custom",
      path: path(i),
      message: `${what} ${value} is listed twice`,
      params: { fix: `give each ${what} once` },
      input: value,
    });
  });
}
