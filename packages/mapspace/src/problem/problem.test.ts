import { expect, it } from "vitest";
import { macs, type Problem, tensorWords } from "./problem.js";

const problem: Problem = {
  name: "strided sum",
  dims: { A: 4, B: 3 },
  tensors: [
    {
      name: "X",
      role: "input",
      ranks: [
        [
          ["A", 2],
          ["B", 1],
        ],
      ],
    },
    { name: "Y", role: "output", ranks: [] },
  ],
};

it("counts a MAC for every point of the box", () => {
  expect(macs(problem)).toBe(12);
});

it("counts the words of the box that a tensor's ranks span", () => {
  // Indices 2a + b run from 0 to 2 * 3 + 2.
  expect(tensorWords(problem, problem.tensors[0]!)).toBe(9);
  // A tensor without ranks is a scalar.
  expect(tensorWords(problem, problem.tensors[1]!)).toBe(1);
});
