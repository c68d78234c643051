import type { Tensor } from "../model/model.js";

/** A size or an element: null if it depends on the data that the network is given. */
export type Size = number | null;
/** Sizes of all axes. */
export type Shape = readonly Size[];

/** What is known of a value when the network has not been run. */
export interface Value {
  /** Null if not even its rank is known. */
  readonly shape: Shape | null;
  /** Elements in row-major order, of a value that is small and follows from shapes and constants; else null. */
  readonly data: readonly Size[] | null;
  readonly isInteger: boolean;
  /** Whether it follows from constants and shapes alone, and so is worked out before the network runs. */
  readonly isConstant: boolean;
  /** The value whose words these are under another shape; itself unless it is a view. */
  readonly storage: Value;
  /** Why something of it is not known: what is wrong, and what would help. Null if all is known. */
  readonly unknown: Unknown | null;
}

/** Why something is not known, and what would help. */
export interface Unknown {
  readonly problem: string;
  readonly fix: string;
}

type GivenValue = Partial<Omit<Value, "storage">> & { readonly shape: Shape | null; readonly storage?: Value };

/** A value; unless given it is no constant, of floating point, without known elements. */
export function newValue({ shape, data = null, isInteger = false, isConstant = false, ...rest }: GivenValue): Value {
  const value = { shape, data, isInteger, isConstant, unknown: rest.unknown ?? null } as { storage: Value } & Value;
  value.storage = rest.storage ?? value;
  return value;
}

/** The value of a constant of the file. */
export function constantOf({ shape, data, isInteger }: Tensor): Value {
  return newValue({ shape, data, isInteger, isConstant: true });
}

/** A list of whole numbers that follows from shapes. */
export function integersOf(data: readonly Size[], shape: Shape = [data.length]): Value {
  return newValue({ shape, data, isInteger: true, isConstant: true });
}

/** Words of a shape; null if a size is not known. */
export function words(shape: Shape | null): Size {
  return shape === null ? null : shape.reduce(times, 1);
}

/** Product of sizes; 0 of a known 0, whatever the other is. */
export function times(a: Size, b: Size): Size {
  if (a === 0 || b === 0) return 0;
  return a === null || b === null ? null : a * b;
}

/** Sum of sizes; null if one is not known. */
export function plus(a: Size, b: Size): Size {
  return a === null || b === null ? null : a + b;
}

/** Whether every size is known. */
export function isKnown(shape: Shape | null): shape is readonly number[] {
  return shape !== null && !shape.includes(null);
}
