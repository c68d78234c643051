import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { isKnown, type Shape, type Size, times, words } from "../../values/value.js";

/** The words of input 0 under another shape. */
function viewAs(operation: Operation, shape: Shape | null): Outcome {
  const { data, isInteger, isConstant, storage } = operation.input(0);
  return { kind: "view", outputs: [operation.output(shape, { data, isInteger, isConstant, storage })] };
}

export const Identity: Rule = (operation) => viewAs(operation, operation.input(0).shape);

/** Inference drops nothing. The mask, if it is taken, is all true. */
export const Dropout: Rule = (operation) => {
  const { shape } = operation.input(0);
  const outputs = [...Identity(operation).outputs];
  if (operation.outputCount > 1) outputs.push(operation.output(shape, { isConstant: true, isInteger: true }));
  return { kind: "view", outputs };
};

/** 0 keeps a size (unless `allowzero`), -1 is whatever is left. */
export const Reshape: Rule = (operation) => {
  const { shape: from } = operation.input(0);
  const wanted = operation.integers(1, "shape");
  if (wanted === null) {
    const sizes = operation.decided(0, operation.optional(1) === null ? null : operation.shapeIn(1));
    return viewAs(operation, sizes === null ? null : fitted(operation, [...sizes]));
  }
  const allowZero = operation.int("allowzero", 0) === 1;
  const kept = wanted.map((size, axis) => (size === 0 && !allowZero ? (from![axis] ?? null) : size));
  const sizes = [...operation.decided(0, kept)!];
  const open = sizes.indexOf(-1);
  if (open < 0) return viewAs(operation, fitted(operation, sizes));
  const others = sizes.filter((_, axis) => axis !== open);
  sizes[open] = remaining(operation, from!, others);
  return viewAs(operation, sizes);
};

/**
 * What -1 stands for: the words over the product of the other sizes. Sizes that are not known but the same on both
 * sides cancel.
 */
function remaining(operation: Operation, from: Shape, others: readonly Size[]): Size {
  const count = words(from);
  const product = words(others);
  if (count !== null && product !== null) {
    const size = product === 0 ? 0 : count / product;
    if (Number.isInteger(size)) return size;
    return operation.fail(
      `${count} words do not fill [${others.join(", ")}, -1]`,
      "check the sizes given for the inputs (the model may have been traced with others)",
    );
  }
  return null;
}

/** If all sizes but one are known, that one is what is left. */
function fitted(operation: Operation, sizes: Size[]): Size[] {
  const count = words(operation.input(0).shape);
  const open = sizes.flatMap((size, axis) => (size === null ? [axis] : []));
  if (count === null) return sizes;
  if (open.length === 1) {
    const product = sizes.reduce((product, size) => times(product, size ?? 1), 1)!;
    const size = count / product;
    return sizes.map((own) => own ?? (Number.isInteger(size) ? size : null));
  }
  if (open.length === 0 && words(sizes) !== count) {
    operation.fail(
      `${count} words do not fill [${sizes.join(", ")}]`,
      "check the sizes given for the inputs (the model may have been traced with others)",
    );
  }
  return sizes;
}

export const Flatten: Rule = (operation) => {
  const { shape } = operation.input(0);
  const given = operation.int("axis", 1);
  const axis = given < 0 ? given + shape!.length : given;
  return viewAs(operation, [words(shape!.slice(0, axis)), words(shape!.slice(axis))]);
};

export const Squeeze: Rule = (operation) => {
  const { shape } = operation.input(0);
  const given = operation.integers(1, "axes");
  if (given === null && operation.optional(1) === null) {
    return viewAs(operation, isKnown(shape) ? shape.filter((size) => size !== 1) : null);
  }
  if (given === null || given.includes(null)) return viewAs(operation, null);
  const axes = given.map((axis) => operation.axis(axis!, shape!.length));
  return viewAs(
    operation,
    shape!.filter((_, axis) => !axes.includes(axis)),
  );
};

export const Unsqueeze: Rule = (operation) => {
  const { shape } = operation.input(0);
  const given = operation.integers(1, "axes");
  if (given === null || given.includes(null)) return viewAs(operation, null);
  const rank = shape!.length + given.length;
  const axes = given.map((axis) => operation.axis(axis!, rank));
  const rest = [...shape!];
  return viewAs(
    operation,
    Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!)),
  );
};
