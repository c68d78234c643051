import { newValue, type Size, type Value } from "../../values/value.js";

/**
 * The values of all runs of a body, stacked along an axis of their own.
 *
 * @param axis Where it stands among those of the result; from behind if it is negative.
 */
export function stacked(value: Value, trips: Size, axis: number): Value {
  const { shape, isInteger, unknown } = value;
  if (shape === null) return newValue({ shape, isInteger, unknown });
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  return newValue({ shape: [...shape.slice(0, at), trips, ...shape.slice(at)], isInteger, unknown });
}
