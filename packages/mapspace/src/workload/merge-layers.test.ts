import { describe, expect, it } from "vitest";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import { mergeLayers } from "./merge-layers.js";

describe("mergeLayers", () => {
  it("adds the counts of equal problems and keeps the first name and place", () => {
    const square = { R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4 };
    const layers = [
      { problem: conv({ ...square, name: "a" }), count: 2 },
      { problem: matmul({ name: "b", m: 5, k: 6, n: 7 }), count: 1 },
      { problem: conv({ ...square, name: "c", N: 1, stride: 1 }), count: 3 },
    ];
    const merged = mergeLayers(layers);
    expect(merged.map(({ problem, count }) => [problem.name, count])).toEqual([
      ["a", 5],
      ["b", 1],
    ]);
    expect(layers[0]?.count).toBe(2);
  });

  it("takes a point-wise convolution and the matrix product that it is for equal", () => {
    const pointwise = conv({ R: 1, S: 1, P: 5, Q: 1, C: 6, K: 7 });
    expect(
      mergeLayers([pointwise, matmul({ m: 5, k: 6, n: 7 })].map((problem) => ({ problem, count: 1 }))),
    ).toHaveLength(1);
  });

  it("keeps apart what differs in a bound, a stride, a dilation or groups", () => {
    const shape = { R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4 };
    const problems = [
      conv(shape),
      conv({ ...shape, N: 2 }),
      conv({ ...shape, stride: 2 }),
      conv({ ...shape, stride: [1, 2] }),
      conv({ ...shape, dilation: 2 }),
      conv({ ...shape, G: 1 }),
    ];
    expect(mergeLayers(problems.map((problem) => ({ problem, count: 1 })))).toHaveLength(problems.length);
  });

  it("does not mind the order in which dimensions are written", () => {
    const { dims, tensors } = matmul({ m: 5, k: 6, n: 7 });
    const reversed = Object.fromEntries(Object.entries(dims).reverse());
    const problems = [
      { name: "a", dims, tensors },
      { name: "b", dims: reversed, tensors },
    ];
    expect(mergeLayers(problems.map((problem) => ({ problem, count: 1 })))).toHaveLength(1);
  });
});
