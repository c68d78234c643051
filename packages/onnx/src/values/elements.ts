import { MOST_VALUES } from "../model/read-tensor.js";
import { type Shape, type Size, type Value, words } from "./value.js";

/**
 * Elements of an output, each of which is an element of an input: null unless the input's are known and the output is
 * small.
 *
 * @param from Index in the input from an index in the output; null where the output has `fill`.
 */
export function rearranged(
  input: Value,
  shape: Shape | null,
  from: (index: readonly number[]) => readonly number[] | null,
  fill: Size = 0,
): readonly Size[] | null {
  const count = words(shape);
  if (input.data === null || input.shape === null || count === null || count > MOST_VALUES) return null;
  const sizes = input.shape as readonly number[];
  return indices(shape as readonly number[]).map((index) => {
    const source = from(index);
    return source === null ? fill : input.data![flat(source, sizes)]!;
  });
}

/** All indices of a shape, in row-major order. */
export function indices(shape: readonly number[]): number[][] {
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, flatIndex) => {
    let rest = flatIndex;
    return shape
      .map((_, axis) => {
        const size = shape[shape.length - 1 - axis]!;
        const position = rest % size;
        rest = Math.floor(rest / size);
        return position;
      })
      .reverse();
  });
}

/** Position of an index in row-major order. */
export function flat(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((position, own, axis) => position * shape[axis]! + own, 0);
}

/** Elements of an output that follows from those at the same place of its inputs, which are broadcast. */
export function mapped(
  inputs: readonly Value[],
  shape: Shape | null,
  f: (...elements: number[]) => number,
): readonly Size[] | null {
  const count = words(shape);
  if (count === null || count > MOST_VALUES || inputs.some(({ data }) => data === null)) return null;
  const spread = inputs.map((input) => rearranged(input, shape, (index) => broadcastIndex(index, input.shape!))!);
  return Array.from({ length: count }, (_, i) => {
    const elements = spread.map((elements) => elements[i]!);
    return elements.every((element) => element !== null) ? f(...elements) : null;
  });
}

/** Where an element that is broadcast to an index comes from. */
export function broadcastIndex(index: readonly number[], shape: Shape): number[] {
  const skipped = index.length - shape.length;
  return shape.map((size, axis) => (size === 1 ? 0 : index[axis + skipped]!));
}
