import { expect, it } from "vitest";
import { matmul } from "./matmul.js";
import { macs, tensorWords } from "./problem.js";

it("multiplies m x k by k x n", () => {
  const problem = matmul({ m: 5, k: 7, n: 11 });
  expect(macs(problem)).toBe(5 * 7 * 11);
  const words = Object.fromEntries(problem.tensors.map((tensor) => [tensor.name, tensorWords(problem, tensor)]));
  expect(words).toEqual({ Inputs: 5 * 7, Weights: 7 * 11, Outputs: 5 * 11 });
});

it("gives every product of a batch its own operands", () => {
  const problem = matmul({ m: 5, k: 7, n: 11, batch: 3 });
  expect(macs(problem)).toBe(3 * 5 * 7 * 11);
  const words = Object.fromEntries(problem.tensors.map((tensor) => [tensor.name, tensorWords(problem, tensor)]));
  expect(words).toEqual({ Inputs: 3 * 5 * 7, Weights: 3 * 7 * 11, Outputs: 3 * 5 * 11 });
});

it("refuses a bound that is not a positive integer", () => {
  expect(() => matmul({ m: 0, n: 1, k: 1 })).toThrowError(expect.objectContaining({ code: "input" }));
});
