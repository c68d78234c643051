import { broadcast } from "../../operation/broadcast.js";
import type { Rule } from "../../operation/rule.js";
import { plus, type Size } from "../../values/value.js";
import { likeFirst } from "../kinds/element-wise.js";
import { globalPool, pool } from "../kinds/pooling.js";

export const QuantizeLinear = likeFirst;
export const DequantizeLinear = likeFirst;
export const QLinearSigmoid = likeFirst;
export const QLinearLeakyRelu = likeFirst;
export const QLinearSoftmax = likeFirst;
export const QLinearAveragePool = pool;
export const QLinearGlobalAveragePool = globalPool;

/** Each operand has its scale and zero point behind it. */
export const QLinearAdd: Rule = (operation) => {
  const shape = broadcast(operation, [operation.input(0).shape, operation.input(3).shape]);
  return { kind: "element-wise", outputs: [operation.output(shape, { isInteger: true })] };
};

export const QLinearMul = QLinearAdd;

/** Scale and zero point of the result, then those of each part behind it. */
export const QLinearConcat: Rule = (operation) => {
  const parts = operation.inputs.filter((_, i) => i % 3 === 2).map((input) => input!.shape!);
  const axis = operation.axis(operation.int("axis", 0), parts[0]!.length);
  const sizes = parts[0]!.map((own, k) =>
    k === axis ? parts.reduce<Size>((sum, part) => plus(sum, part[k]!), 0) : own,
  );
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
};
