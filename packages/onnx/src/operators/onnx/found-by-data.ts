import type { Rule } from "../../operation/rule.js";
import { indices } from "../../values/elements.js";
import { isKnown, words } from "../../values/value.js";

/** Places of the elements that are not 0: how many there are depends on the data, unless they are known. */
export const NonZero: Rule = (operation) => {
  const { shape, data } = operation.input(0);
  const rank = shape!.length;
  if (data === null || data.includes(null) || !isKnown(shape)) {
    const sizes = [rank, null];
    return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
  }
  const places = indices(shape).filter((_, i) => data[i] !== 0);
  const elements = shape.flatMap((_, axis) => places.map((index) => index[axis]!));
  return { kind: "movement", outputs: [operation.output([rank, places.length], { data: elements, isInteger: true })] };
};

/** Boxes that are kept: how many there are depends on the data. */
export const NonMaxSuppression: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output([null, 3], { isInteger: true })],
});

/** Elements (or slices along an axis) that are there once or more: how many depends on the data. */
export const Unique: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  const axis = operation.has("axis") ? operation.axis(operation.int("axis", 0), shape!.length) : null;
  const count = operation.shared([
    [0, axis ?? 0],
    [1, 0],
    [3, 0],
  ]);
  const all = axis === null ? words(shape) : shape![axis]!;
  const picked = axis === null ? [count] : shape!.map((size, k) => (k === axis ? count : size));
  const first = operation.output(picked, { isInteger });
  const places = [[count], [all], [count]].map((sizes) => operation.output(sizes, { isInteger: true }));
  return { kind: "movement", outputs: [first, ...places].slice(0, operation.outputCount) };
};

/** Elements that a mask picks. */
export const Compress: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  const axis = operation.has("axis") ? operation.axis(operation.int("axis", 0), shape!.length) : -1;
  const sizes = axis < 0 ? [null] : shape!.map((size, k) => (k === axis ? null : size));
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger })] };
};
