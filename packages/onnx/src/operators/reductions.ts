import { flat, indices } from "../graph/elements.js";
import type { Operation } from "../graph/operation.js";
import type { Rule } from "../graph/outcome.js";
import { isKnown, type Shape, type Size, type Value, words } from "../graph/value.js";

type Combine = (a: number, b: number) => number;

const reduce =
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

/** The place of the largest or smallest element along an axis. */
const arg: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axis = operation.axis(operation.int("axis", 0), shape!.length);
  const keeps = operation.int("keepdims", 1) === 1;
  const sizes = shape!.flatMap((size, k): Shape => (k !== axis ? [size] : keeps ? [1] : []));
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
};

const topK: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axis = operation.axis(operation.int("axis", -1), shape!.length);
  const count = operation.optional(1) === null ? operation.int("k", 1) : (operation.input(1).data?.[0] ?? null);
  const sizes = shape!.map((size, k) => (k === axis ? count : size));
  return { kind: "movement", outputs: [operation.output(sizes), operation.output(sizes, { isInteger: true })] };
};

/** Places of the elements that are not 0: how many there are depends on the data, unless they are known. */
const nonZero: Rule = (operation) => {
  const { shape, data } = operation.input(0);
  const rank = shape!.length;
  if (data === null || data.includes(null) || !isKnown(shape)) {
    const sizes = [rank, operation.dataDependent(0, 1)];
    return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
  }
  const places = indices(shape).filter((_, i) => data[i] !== 0);
  const elements = shape.flatMap((_, axis) => places.map((index) => index[axis]!));
  return { kind: "movement", outputs: [operation.output([rank, places.length], { data: elements, isInteger: true })] };
};

/** Boxes that are kept: how many there are depends on the data. */
const nonMaxSuppression: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output([operation.dataDependent(0, 0), 3], { isInteger: true })],
});

/** Elements (or slices along an axis) that are there once or more: how many depends on the data. */
const unique: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  const axis = operation.has("axis") ? operation.axis(operation.int("axis", 0), shape!.length) : null;
  const count = operation.dataDependent(0, axis ?? 0);
  const all = axis === null ? words(shape) : shape![axis]!;
  const picked = axis === null ? [count] : shape!.map((size, k) => (k === axis ? count : size));
  const first = operation.output(picked, { isInteger });
  const places = [[count], [all], [count]].map((sizes) => operation.output(sizes, { isInteger: true }));
  return { kind: "movement", outputs: [first, ...places].slice(0, operation.outputCount) };
};

/** Elements that a mask picks. */
const compress: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  const axis = operation.has("axis") ? operation.axis(operation.int("axis", 0), shape!.length) : -1;
  const picked = operation.dataDependent(0, Math.max(0, axis));
  const sizes = axis < 0 ? [picked] : shape!.map((size, k) => (k === axis ? picked : size));
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger })] };
};

/** A number for each matrix of a stack. */
const determinant: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.input(0).shape!.slice(0, -2))],
});

const sameShape: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape, { isInteger })] };
};

export const reductionRules: ReadonlyMap<string, Rule> = new Map([
  ["ReduceSum", reduce((a, b) => a + b)],
  ["ReduceProd", reduce((a, b) => a * b)],
  ["ReduceMax", reduce(Math.max)],
  ["ReduceMin", reduce(Math.min)],
  ...["ReduceMean", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare"].map(
    (name): [string, Rule] => [name, reduce(null)],
  ),
  ["ArgMax", arg],
  ["ArgMin", arg],
  ["TopK", topK],
  ["NonZero", nonZero],
  ["NonMaxSuppression", nonMaxSuppression],
  ["Compress", compress],
  ["Unique", unique],
  ["Det", determinant],
  ["com.microsoft.Inverse", sameShape],
  ["CumSum", sameShape],
  ["ReverseSequence", sameShape],
]);
