import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import { constantOf, integersOf, isKnown, newValue, type Shape, type Size, words } from "../graph/value.js";
import { MOST_VALUES } from "../model/read-tensor.js";

const view = (...outputs: Outcome["outputs"]): Outcome => ({ kind: "view", outputs });

/** A constant, as a tensor or as a plain value. */
const constant: Rule = (operation) => {
  const tensor = operation.tensor("value") ?? operation.tensor("sparse_value");
  if (tensor !== null) return view(constantOf(tensor));
  const listed = operation.ints("value_ints") ?? operation.floats("value_floats");
  const isInteger = operation.has("value_int") || operation.has("value_ints");
  if (operation.has("value_ints") || operation.has("value_floats")) {
    return view(newValue({ shape: [listed!.length], data: listed, isInteger, isConstant: true }));
  }
  if (operation.has("value_int")) return view(integersOf([operation.int("value_int", 0)], []));
  const data = operation.has("value_float") ? [operation.float("value_float", 0)] : null;
  return view(newValue({ shape: [], data, isConstant: true }));
};

/** The sizes of a value. They are known before the network runs, if they do not depend on the data. */
const shapeOf: Rule = (operation) => {
  const { shape, unknown } = operation.input(0);
  const sizes = shape!.slice(operation.int("start", 0), operation.has("end") ? operation.int("end", 0) : undefined);
  return view({ ...integersOf(sizes), isConstant: isKnown(sizes), unknown: isKnown(sizes) ? null : unknown });
};

const sizeOf: Rule = (operation) => {
  const { shape, unknown } = operation.input(0);
  const count = words(shape);
  return view({ ...integersOf([count], []), isConstant: count !== null, unknown: count === null ? unknown : null });
};

/** A shape that an input holds; null if its rank is not known. */
export function shapeIn(operation: Operation, index: number): Shape | null {
  const { data, shape } = operation.input(index);
  if (data !== null) return data.map((size) => (size !== null && size < 0 ? null : size));
  const [rank] = shape ?? [];
  return typeof rank === "number" ? Array<Size>(rank).fill(null) : null;
}

const constantOfShape: Rule = (operation) => {
  const shape = shapeIn(operation, 0);
  const value = operation.tensor("value");
  const count = words(shape);
  const data = count !== null && count <= MOST_VALUES ? Array<Size>(count).fill(value?.data?.[0] ?? 0) : null;
  return {
    kind: "movement",
    outputs: [operation.output(shape, { data, isInteger: value?.isInteger ?? false })],
    wordsRead: 0,
  };
};

/** Numbers from a start, below a limit, by a step. */
const range: Rule = (operation) => {
  const [start, limit, step] = [0, 1, 2].map((i) => operation.input(i).data?.[0] ?? null);
  const isInteger = operation.input(0).isInteger;
  if (start == null || limit == null || step == null) {
    return {
      kind: "movement",
      outputs: [operation.output([operation.dataDependent(0, 0)], { isInteger })],
      wordsRead: 0,
    };
  }
  const count = Math.max(0, Math.ceil((limit - start) / step));
  const data = count > MOST_VALUES ? null : Array.from({ length: count }, (_, i) => start + i * step);
  return { kind: "movement", outputs: [operation.output([count], { data, isInteger })], wordsRead: 0 };
};

/** Random or other numbers in the shape of an attribute. */
const filled: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.ints("shape") ?? null)],
  wordsRead: 0,
});

/** Random or other numbers in the shape of the input, which is not read itself. */
const filledLike: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.input(0).shape)],
  wordsRead: 0,
});

const oneHot: Rule = (operation) => {
  const { shape } = operation.input(0);
  const depth = operation.input(1).data?.[0] ?? null;
  const axis = operation.axis(operation.int("axis", -1), shape!.length + 1);
  const sizes = [...shape!.slice(0, axis), depth, ...shape!.slice(axis)];
  return { kind: "movement", outputs: [operation.output(sizes)] };
};

export const constantRules: ReadonlyMap<string, Rule> = new Map([
  ["Constant", constant],
  ["Shape", shapeOf],
  ["Size", sizeOf],
  ["ConstantOfShape", constantOfShape],
  ["Range", range],
  ["RandomNormal", filled],
  ["RandomUniform", filled],
  ["RandomNormalLike", filledLike],
  ["RandomUniformLike", filledLike],
  ["EyeLike", filledLike],
  ["OneHot", oneHot],
]);
