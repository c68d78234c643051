import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { GraphBuilder } from "./model-builder.js";

/** A convolution of 4 x 8 x 8 words, and what comes behind it. */
function behindConvolution(build: (g: GraphBuilder, x: string) => string[]) {
  const g = new GraphBuilder();
  const x = g.node("Conv", [g.input("x", [1, 4, 8, 8]), g.weights(4, 4, 1, 1)], {}, "/conv/Conv");
  for (const output of build(g, x)) g.output(output);
  const { workload, operators } = readOnnx(g.bytes());
  const how = Object.fromEntries(operators.map(({ operator, counting }) => [operator, counting]));
  const moved = (workload.dataMovement ?? []).map(({ kind, wordsRead, wordsWritten }) => [
    kind,
    wordsRead,
    wordsWritten,
  ]);
  return { how, moved };
}
const W = 4 * 8 * 8;

describe("element-wise operators", () => {
  it("behind a layer cost nothing, whatever views and constants stand between", () => {
    const { how, moved } = behindConvolution((g, x) => {
      const bias = g.node("Add", [x, g.node("Reshape", [g.weights(4), g.integers([1, 4, 1, 1])])]);
      const flat = g.node("Reshape", [g.node("Relu", [bias]), g.integers([4, 64])]);
      return [g.node("QuantizeLinear", [flat, g.floats(0.1), g.floats(0)])];
    });
    expect(how).toEqual({ Conv: "layers", Add: "fused", Relu: "fused", QuantizeLinear: "fused", Reshape: "no work" });
    expect(moved).toEqual([]);
  });

  it("in several steps from the same words are fused too", () => {
    const { how, moved } = behindConvolution((g, x) => [g.node("Mul", [x, g.node("Sigmoid", [x])])]);
    expect(how).toEqual({ Conv: "layers", Sigmoid: "fused", Mul: "fused" });
    expect(moved).toEqual([]);
  });

  it("whose input something else reads as well: those words are written a second time", () => {
    const { how, moved } = behindConvolution((g, x) => [
      g.node("Relu", [x]),
      g.node("MaxPool", [x], { kernel_shape: [8, 8] }),
    ]);
    expect(how).toEqual({ Conv: "layers", Relu: "fused", MaxPool: "data movement" });
    expect(moved).toEqual([
      ["Conv outputs", 0, W],
      ["MaxPool", W, 4],
    ]);
  });

  it("of two values, or with a constant as large, read and write", () => {
    const { moved } = behindConvolution((g, x) => {
      const pooled = g.node("AveragePool", [x], { kernel_shape: [1, 1] });
      const sum = g.node("Relu", [g.node("Add", [x, pooled])]);
      return [g.node("Mul", [sum, g.weights(4, 8, 8)])];
    });
    expect(moved).toEqual([
      ["AveragePool", W, W],
      ["Add", 2 * W, W],
      ["Mul", 2 * W, W],
    ]);
  });

  it("that read the same words twice read them once", () => {
    const { moved } = behindConvolution((g, x) => [g.node("MatMul", [x, x]), g.node("Concat", [x, x], { axis: 1 })]);
    expect(moved).toEqual([["Concat", W, 2 * W]]);
  });

  it("with a smaller operand that is there before are fused, and read it", () => {
    const { how, moved } = behindConvolution((g, x) => {
      const scale = g.node("Exp", [g.input("scale", [1, 4, 1, 1])]);
      return [g.node("Relu", [g.node("Mul", [x, scale])])];
    });
    expect(how).toEqual({ Conv: "layers", Exp: "data movement", Mul: "fused", Relu: "fused" });
    expect(moved).toEqual([
      ["Exp", 4, 4],
      ["Mul", 4, 0],
    ]);
  });

  it("with a smaller operand that follows from the same words have to wait for it: squeeze and excitation", () => {
    const { how, moved } = behindConvolution((g, x) => [
      g.node("Mul", [x, g.node("Sigmoid", [g.node("GlobalAveragePool", [x])])]),
    ]);
    expect(how).toMatchObject({ Sigmoid: "fused", Mul: "data movement" });
    expect(moved).toEqual([
      ["GlobalAveragePool", W, 4],
      ["Mul", W + 4, W],
    ]);
  });

  it("that quantise by the largest word wait for all of them", () => {
    const { moved } = behindConvolution((g, x) => g.nodes(3, "DynamicQuantizeLinear", [x]));
    expect(moved).toEqual([["DynamicQuantizeLinear", W, W + 2]]);
  });

  it("that follow from constants are worked out before", () => {
    const { how } = behindConvolution((g, x) => {
      const size = g.node("Shape", [x]);
      return [g.node("Expand", [g.node("Sqrt", [g.floats(4)]), size])];
    });
    expect(how).toEqual({ Conv: "layers", Shape: "constant", Sqrt: "constant", Expand: "constant" });
  });

  it("and products of constants are no layers", () => {
    const { how } = behindConvolution((g, x) => {
      const weights = g.node("Gemm", [g.weights(64, 8), g.weights(8, 64)]);
      return [g.node("MatMul", [x, g.node("Reshape", [weights, g.integers([1, 8, 8 * 64])])])];
    });
    expect(how).toEqual({ Conv: "layers", Gemm: "constant", MatMul: "layers", Reshape: "constant" });
  });
});
