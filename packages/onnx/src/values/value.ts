import type { Tensor } from "../model/model.js";
import { MOST_VALUES } from "../model/read-tensor.js";

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
  /** Bits of an element, of the whole numbers of 8 bits or fewer that quantised networks are made of; else null. */
  readonly bits: number | null;
  /** Whether it follows from constants and shapes alone, and so is worked out before the network runs. */
  readonly isConstant: boolean;
  /** The value whose words these are under another shape; itself unless it is a view. */
  readonly storage: Value;
  /**
   * Why something of it, sizes or elements, is not known: what is wrong, and what would help. Null if nothing is to
   * say.
   */
  readonly unknown: Unknown | null;
  /** Of a sequence: its values; such a value has no shape. Null for a tensor. */
  readonly items: readonly Value[] | null;
}

/** Why something is not known, and what would help. */
export interface Unknown {
  readonly problem: string;
  readonly fix: string;
  /** The node that is to blame, where the problem does not name it. */
  readonly node?: string;
}

type GivenValue = Partial<Omit<Value, "storage">> & { readonly shape: Shape | null; readonly storage?: Value };

/** A value; unless given it is no constant, of floating point, without known elements. */
export function newValue({ shape, data = null, isInteger = false, isConstant = false, ...rest }: GivenValue): Value {
  const { unknown = null, items = null, bits = null } = rest;
  const value = { shape, data, isInteger, bits, isConstant, unknown, items } as { storage: Value } & Value;
  value.storage = rest.storage ?? value;
  return value;
}

/** The value of a constant of the file. */
export function constantOf({ shape, data, isInteger, bits, location }: Tensor, name = "a constant"): Value {
  const isUnread = location !== undefined && data === null && words(shape)! <= MOST_VALUES;
  const problem = `the values of ${name} are in another file (external data: ${location || "without a name"})`;
  const fix = "save the model with small tensors inside (onnx.save_model, size_threshold)";
  return newValue({ shape, data, isInteger, bits, isConstant: true, ...(isUnread && { unknown: { problem, fix } }) });
}

/** A sequence of values. */
export function sequenceOf(items: readonly Value[]): Value {
  return newValue({ shape: null, items, isConstant: items.every(({ isConstant }) => isConstant) });
}

/** The tensors that a value stands for: itself, or the items of a sequence. */
function tensorsOf(value: Value): readonly Value[] {
  return value.items ?? [value];
}

/** A list of whole numbers that follows from shapes. */
export function integersOf(data: readonly Size[], shape: Shape = [data.length]): Value {
  return newValue({ shape, data, isInteger: true, isConstant: true });
}

/** Words of a shape; null if a size is not known. */
export function words(shape: Shape | null): Size {
  return shape === null ? null : shape.reduce(times, 1);
}

/** Where the words of a value are: in its storage, or in those of the items of a sequence. */
export function storagesOf(value: Value): readonly Value[] {
  return tensorsOf(value).map(({ storage }) => storage);
}

/** Words of a value, all of them if it is a sequence; null if a size is not known. */
export function wordsOf(value: Value): Size {
  return tensorsOf(value).reduce<Size>((sum, { shape }) => plus(sum, words(shape)), 0);
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
