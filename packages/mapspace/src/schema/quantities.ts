import * as z from "zod";
import { GREATEST_QUANTITY, LEAST_QUANTITY } from "../numbers/quantity.js";

/** Whole numbers from 1: bounds, factors, instances, bits. */
export const positiveInteger = z.int().min(1);

/** Whole numbers from 0. */
export const nonNegativeInteger = z.int().min(0);

/** Energies and areas: 0 is allowed, what leaves the range of doubles in a product is not. */
export const nonNegative = z.number().min(0).max(GREATEST_QUANTITY);

/** Rates. */
export const positive = z.number().gt(0, { abort: true }).min(LEAST_QUANTITY).max(GREATEST_QUANTITY);

/** What no name can be: as a key of an object it would set something else. */
export const RESERVED_NAME = "__proto__";

/** A name: any text but the empty one. */
export const name = z
  .string()
  .min(1)
  .refine((text) => text !== RESERVED_NAME, {
    error: `is ${RESERVED_NAME}, which belongs to JavaScript`,
    params: { fix: "give another name" },
  });

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
