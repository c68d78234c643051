/** Element types of ONNX (`TensorProto.DataType`) whose values loopnest reads or tells apart. */
export const ElementType = {
  FLOAT: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  BOOL: 9,
  FLOAT16: 10,
  DOUBLE: 11,
  UINT32: 12,
  UINT64: 13,
  BFLOAT16: 16,
} as const;

/** Bits of the whole numbers that quantised networks are made of: 8, 4 and 2, with sign or without. */
const NARROW: Readonly<Record<number, number>> = { 2: 8, 3: 8, 21: 4, 22: 4, 25: 2, 26: 2 };

/** Bits of an element of a type of whole numbers of 8 bits or fewer; null for any other. */
export function narrowBits(type: number): number | null {
  return NARROW[type] ?? null;
}

/** Undefined, float, text, half, double, complex, bfloat16, and the narrow ones of 8, 4 and fewer bits. */
const NOT_WHOLE: readonly number[] = [0, 1, 8, 10, 11, 14, 15, 16, 17, 18, 19, 20, 23, 24];

/** Whether values of an element type are whole numbers (or truth values), so that their quotient is cut off. */
export function isIntegerType(type: number): boolean {
  return !NOT_WHOLE.includes(type);
}
