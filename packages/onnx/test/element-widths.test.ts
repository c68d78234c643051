import { splitBits } from "@loopnest/mapspace";
import { TensorProto_DataType } from "onnx-buf";
import { expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { GraphBuilder, UINT8 } from "./model-builder.js";

function bitsOf(build: (g: GraphBuilder) => string) {
  const g = new GraphBuilder();
  g.output(build(g));
  return readOnnx(g.bytes()).workload.layers.map(({ problem }) => splitBits(problem).bits);
}

it("QuantizeLinear and DequantizeLinear: the widths of what is dequantised, and quantised behind", () => {
  const found = bitsOf((g) => {
    const scale = g.floats(0.1);
    const x = g.node("QuantizeLinear", [g.input("x", [1, 8, 6, 6]), scale, g.input("zero", [], UINT8)]);
    const w = g.input("w", [4, 8, 3, 3], TensorProto_DataType.INT4);
    const product = g.node("Conv", [g.node("DequantizeLinear", [x, scale]), g.node("DequantizeLinear", [w, scale])]);
    const quantised = g.node("QuantizeLinear", [g.node("Relu", [product]), scale]);
    return g.node("MatMul", [
      g.node("MaxPool", [g.node("DequantizeLinear", [quantised, scale])], { kernel_shape: [2, 2] }),
      g.weights(3, 5),
    ]);
  });
  expect(found).toEqual([{ Weights: 4, Inputs: 8, Outputs: 8 }, { Inputs: 8 }]);
});

it("operators of whole numbers have sums of 32 bits", () => {
  const operands = (g: GraphBuilder) => [g.input("a", [4, 8], UINT8), g.input("b", [8, 2], UINT8)] as const;
  expect(bitsOf((g) => g.node("MatMulInteger", operands(g)))).toEqual([
    { Weights: 8, Inputs: 8, Outputs: 32, partialSums: 32 },
  ]);
});

it("MatMulNBits says its weights' bits, 4 unless it says others; floating point says nothing", () => {
  const product = (bits: object) =>
    bitsOf((g) =>
      g.node("com.microsoft.MatMulNBits", [g.input("a", [7, 64]), g.weights(128, 2, 16)], { K: 64, N: 128, ...bits }),
    );
  expect(product({})).toEqual([{ Weights: 4 }]);
  expect(product({ bits: 8 })).toEqual([{ Weights: 8 }]);
  expect(bitsOf((g) => g.node("MatMul", [g.input("a", [7, 64]), g.weights(64, 2)]))).toEqual([{}]);
});

it("QONNX's Quant says its bits", () => {
  const found = bitsOf((g) => {
    const quant = (value: string, bits: number) =>
      g.node("qonnx.custom_op.general.Quant", [value, g.floats(0.1), g.floats(0), g.floats(bits)]);
    return quant(g.node("MatMul", [quant(g.input("a", [7, 64]), 6), quant(g.weights(64, 2), 2)]), 3);
  });
  expect(found).toEqual([{ Weights: 2, Inputs: 6, Outputs: 3 }]);
});
