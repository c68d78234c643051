import { describe, expect, it } from "vitest";
import { conv } from "./conv.js";
import type { Problem, Rank } from "./problem.js";
import { problemShape } from "./problem-shape.js";

/** A problem over A and B with one tensor of the given ranks. */
function withRanks(ranks: Rank[], dims: Record<string, number> = { A: 2, B: 3 }): Problem {
  return { name: "test", dims, tensors: [{ name: "X", role: "input", ranks }] };
}

describe("problemShape", () => {
  const shape = problemShape(conv({ R: 3, S: 1, P: 4, Q: 1, C: 2, K: 5, stride: 2 }));
  const bits = (mask: number) => shape.dims.filter((_, d) => (mask >> d) & 1).join("");

  it("knows which dimensions a tensor depends on, and which of them share a rank", () => {
    expect(bits(shape.relevant[0]!)).toBe("RSCK");
    expect(bits(shape.relevant[1]!)).toBe("RSPQCN");
    expect(bits(shape.relevant[2]!)).toBe("PQKN");
    expect(bits(shape.windowed[0]!)).toBe("");
    expect(bits(shape.windowed[1]!)).toBe("RSPQ");
  });

  it("finds rank and coefficient by tensor and dimension", () => {
    const at = (t: number, dim: string) => t * shape.dimCount + shape.dims.indexOf(dim);
    expect(shape.coefficientOf[at(1, "P")]).toBe(2);
    expect(shape.coefficientOf[at(1, "R")]).toBe(1);
    expect(shape.coefficientOf[at(1, "K")]).toBe(0);
    expect(shape.rankOf[at(1, "K")]).toBe(-1);
    expect(shape.rankOf[at(1, "P")]).toBe(shape.rankOf[at(1, "R")]);
    expect(shape.rankOf[at(1, "P")]).not.toBe(shape.rankOf[at(1, "S")]);
    expect([...shape.isOutput]).toEqual([0, 0, 1]);
  });

  it.each<[string, Problem, string, RegExp]>([
    ["an unknown dimension", withRanks([[["Z", 1]]]), "input", /unknown dimension Z.*A, B/],
    ["a bound of 0", withRanks([], { A: 0 }), "input", /bound of A is 0/],
    ["a fractional bound", withRanks([], { A: 1.5 }), "input", /bound of A is 1.5/],
    ["a bound beyond 2^53", withRanks([], { A: 2 ** 53 }), "input", /bound of A/],
    ["a coefficient of 0", withRanks([[["A", 0]]]), "unsupported", /coefficient of A in X is 0/],
    ["a negative coefficient", withRanks([[["A", -1]]]), "unsupported", /coefficient of A in X is -1/],
    ["a dimension in two ranks", withRanks([[["A", 1]], [["A", 1]]]), "unsupported", /A occurs twice in X/],
    [
      "a dimension twice in a rank",
      withRanks([
        [
          ["A", 1],
          ["A", 2],
        ],
      ]),
      "unsupported",
      /A occurs twice in X/,
    ],
    [
      "more than 31 dimensions",
      withRanks([], Object.fromEntries(Array.from({ length: 32 }, (_, i) => [`D${i}`, 1]))),
      "unsupported",
      /32 dimensions/,
    ],
  ])("refuses %s", (_, problem, code, message) => {
    expect(() => problemShape(problem)).toThrowError(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
