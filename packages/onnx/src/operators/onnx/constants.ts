import { MOST_VALUES } from "../../model/read-tensor.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { constantOf, integersOf, newValue, type Size, words } from "../../values/value.js";

const view = (...outputs: Outcome["outputs"]): Outcome => ({ kind: "view", outputs });

/** A constant, as a tensor or as a plain value. */
export const Constant: Rule = (operation) => {
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

export const ConstantOfShape: Rule = (operation) => {
  const shape = operation.shapeIn(0);
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
export const Range: Rule = (operation) => {
  const [start, limit, step] = [0, 1, 2].map((i) => operation.input(i).data?.[0] ?? null);
  const isInteger = operation.input(0).isInteger;
  if (start == null || limit == null || step == null) {
    return {
      kind: "movement",
      outputs: [operation.output([null], { isInteger })],
      wordsRead: 0,
    };
  }
  const count = Math.max(0, Math.ceil((limit - start) / step));
  const data = count > MOST_VALUES ? null : Array.from({ length: count }, (_, i) => start + i * step);
  return { kind: "movement", outputs: [operation.output([count], { data, isInteger })], wordsRead: 0 };
};

export const OneHot: Rule = (operation) => {
  const { shape } = operation.input(0);
  const depth = operation.input(1).data?.[0] ?? null;
  const axis = operation.axis(operation.int("axis", -1), shape!.length + 1);
  const sizes = [...shape!.slice(0, axis), depth, ...shape!.slice(axis)];
  return { kind: "movement", outputs: [operation.output(sizes)] };
};
