import type { Rule } from "../../operation/rule.js";
import type { Shape } from "../../values/value.js";
import { reduce } from "../kinds/reduction.js";

export const ReduceSum = reduce((a, b) => a + b);
export const ReduceProd = reduce((a, b) => a * b);
export const ReduceMax = reduce(Math.max);
export const ReduceMin = reduce(Math.min);
export const ReduceMean = reduce(null);
export const ReduceL1 = reduce(null);
export const ReduceL2 = reduce(null);
export const ReduceLogSum = reduce(null);
export const ReduceLogSumExp = reduce(null);
export const ReduceSumSquare = reduce(null);

/** The place of the largest or smallest element along an axis. */
export const ArgMax: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axis = operation.axis(operation.int("axis", 0), shape!.length);
  const keeps = operation.int("keepdims", 1) === 1;
  const sizes = shape!.flatMap((size, k): Shape => (k !== axis ? [size] : keeps ? [1] : []));
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
};

export const ArgMin = ArgMax;

export const TopK: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axis = operation.axis(operation.int("axis", -1), shape!.length);
  const given = operation.optional(1) === null ? operation.int("k", 1) : (operation.input(1).data?.[0] ?? null);
  const count =
    given ??
    operation.shared([
      [0, axis],
      [1, axis],
    ]);
  const sizes = shape!.map((size, k) => (k === axis ? count : size));
  return { kind: "movement", outputs: [operation.output(sizes), operation.output(sizes, { isInteger: true })] };
};

/** A number for each matrix of a stack. */
export const Det: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output(operation.input(0).shape!.slice(0, -2))],
});
