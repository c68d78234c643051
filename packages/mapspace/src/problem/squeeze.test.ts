import { describe, expect, it } from "vitest";
import { conv } from "./conv.js";
import { macs, tensorWords } from "./problem.js";
import { squeeze } from "./squeeze.js";

describe("squeeze", () => {
  it("drops dimensions of bound 1 from the problem and from every rank", () => {
    const squeezed = squeeze(conv({ R: 1, S: 3, P: 1, Q: 8, C: 4, K: 1 }));
    expect(squeezed.dims).toEqual({ S: 3, Q: 8, C: 4 });
    expect(Object.fromEntries(squeezed.tensors.map(({ name, ranks }) => [name, ranks]))).toEqual({
      Weights: [[["C", 1]], [["S", 1]]],
      Inputs: [
        [["C", 1]],
        [
          ["S", 1],
          ["Q", 1],
        ],
      ],
      Outputs: [[["Q", 1]]],
    });
  });

  it("changes neither the work nor any tensor's words", () => {
    for (const shape of [
      { R: 3, S: 1, P: 7, Q: 1, C: 4, K: 5, stride: 2 },
      { R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1 },
      { R: 3, S: 3, P: 4, Q: 4, C: 1, K: 1, G: 6, dilation: 3 },
    ]) {
      const problem = conv(shape);
      const squeezed = squeeze(problem);
      expect(macs(squeezed)).toBe(macs(problem));
      problem.tensors.forEach((tensor, t) => {
        expect(tensorWords(squeezed, squeezed.tensors[t]!)).toBe(tensorWords(problem, tensor));
      });
    }
  });

  it("leaves a problem without unit dimensions as it is", () => {
    const problem = conv({ R: 3, S: 3, P: 4, Q: 4, C: 2, K: 2, N: 2 });
    expect(squeeze(problem).dims).toEqual(Object.fromEntries(Object.entries(problem.dims).filter(([, n]) => n > 1)));
    expect(squeeze(squeeze(problem))).toEqual(squeeze(problem));
  });
});
