import { describe, expect, it } from "vitest";
import { conv, depthwiseConv } from "./conv.js";
import { macs, tensorWords } from "./problem.js";

/** Words by tensor name. */
function words(problem: ReturnType<typeof conv>) {
  return Object.fromEntries(problem.tensors.map((tensor) => [tensor.name, tensorWords(problem, tensor)]));
}

describe("conv", () => {
  it("has the MACs and tensors of ResNet-50's first layer", () => {
    // He et al. 2016, table 1: 7 x 7, 64, stride 2 on 224 x 224 x 3; 118,013,952 MACs, 9,408 weights.
    const problem = conv({ R: 7, S: 7, P: 112, Q: 112, C: 3, K: 64, stride: 2 });
    expect(macs(problem)).toBe(118_013_952);
    // 111 * 2 + 7 = 229 input rows: the padded image without the last row, which no filter reaches.
    expect(words(problem)).toEqual({ Weights: 9_408, Inputs: 3 * 229 * 229, Outputs: 64 * 112 * 112 });
  });

  it("takes strides and dilations by direction", () => {
    const problem = conv({ R: 3, S: 2, P: 4, Q: 5, C: 1, K: 1, stride: [2, 1], dilation: [1, 3] });
    // Height (4 - 1) * 2 + (3 - 1) * 1 + 1, width (5 - 1) * 1 + (2 - 1) * 3 + 1.
    expect(words(problem)["Inputs"]).toBe(9 * 8);
  });

  it("gives every group its own channels", () => {
    const problem = conv({ R: 3, S: 3, P: 8, Q: 8, C: 4, K: 8, G: 2, N: 3 });
    expect(macs(problem)).toBe(9 * 64 * 4 * 8 * 2 * 3);
    expect(words(problem)).toEqual({ Weights: 2 * 4 * 8 * 9, Inputs: 3 * 2 * 4 * 100, Outputs: 3 * 2 * 8 * 64 });
    for (const { ranks } of problem.tensors) expect(ranks.flat().map(([dim]) => dim)).toContain("G");
  });

  it("has no dimension G without groups", () => {
    expect(Object.keys(conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1 }).dims)).toEqual(["R", "S", "P", "Q", "C", "K", "N"]);
  });

  it.each([
    [{ P: 0 }, "conv.P"],
    [{ C: 1.5 }, "conv.C"],
    [{ stride: -1 }, "conv.stride"],
    [{ dilation: [1, Number.NaN] as const }, "conv.dilation"],
  ])("refuses %o", (wrong, path) => {
    const shape = { R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1, ...wrong };
    expect(() => conv(shape)).toThrowError(
      expect.objectContaining({ code: "input", data: expect.objectContaining({ path }) }),
    );
  });
});

describe("depthwiseConv", () => {
  it("has one filter per channel", () => {
    // MobileNetV2's first depthwise layer: 3 x 3 on 112 x 112 x 32.
    const problem = depthwiseConv({ R: 3, S: 3, P: 112, Q: 112, channels: 32 });
    expect(macs(problem)).toBe(9 * 112 * 112 * 32);
    expect(words(problem)).toEqual({ Weights: 9 * 32, Inputs: 114 * 114 * 32, Outputs: 112 * 112 * 32 });
  });
});
