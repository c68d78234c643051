import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { flat, indices } from "../../values/elements.js";
import { isKnown, type Size, type Value, words } from "../../values/value.js";

type Combine = (a: number, b: number) => number;

/** @param combine Two elements, where they are known; null for reductions that no size goes through. */
export const reduce =
  (combine: Combine | null): Rule =>
  (operation) => {
    const input = operation.input(0);
    const rank = input.shape!.length;
    const given = operation.integers(1, "axes");
    const isEmpty = given === null ? operation.optional(1) === null : given.length === 0;
    if (isEmpty && operation.int("noop_with_empty_axes", 0) === 1) {
      return { kind: "view", outputs: [operation.output(input.shape, { storage: input.storage })] };
    }
    if (!isEmpty && (given === null || given.includes(null)))
      return { kind: "movement", outputs: [operation.output(null)] };
    const axes = isEmpty ? input.shape!.map((_, axis) => axis) : given!.map((axis) => operation.axis(axis!, rank));
    const output = reduced(operation, axes, operation.int("keepdims", 1) === 1, combine);
    return { kind: "movement", outputs: [output] };
  };

function reduced(operation: Operation, axes: readonly number[], keeps: boolean, combine: Combine | null): Value {
  const { shape, data, isInteger } = operation.input(0);
  const kept = shape!.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const sizes = keeps ? kept : kept.filter((_, axis) => !axes.includes(axis));
  const isFoldable = combine !== null && data !== null && isKnown(shape) && isKnown(kept);
  const elements = isFoldable ? combined(data, shape, kept, combine) : null;
  return operation.output(sizes, { data: elements, isInteger });
}

function combined(data: readonly Size[], from: readonly number[], to: readonly number[], combine: Combine): Size[] {
  const result: Size[] = Array<Size>(words(to)!).fill(null);
  const seen = new Set<number>();
  indices(from).forEach((index, i) => {
    const place = flat(
      index.map((position, axis) => (to[axis] === 1 ? 0 : position)),
      to,
    );
    const [before, own] = [result[place]!, data[i]!];
    result[place] = !seen.has(place) ? own : before === null || own === null ? null : combine(before, own);
    seen.add(place);
  });
  return result;
}
