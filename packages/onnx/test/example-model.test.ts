import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { GraphBuilder } from "./model-builder.js";

const file = new URL("../../../examples/keyword-spotter.onnx", import.meta.url);

/** MLPerf Tiny's keyword spotter: one second of speech as 49 x 10 coefficients, twelve words; weights left out. */
function keywordSpotter(): Uint8Array {
  const graph = new GraphBuilder();
  const relu = (value: string) => graph.node("Relu", [value]);
  const conv = (name: string, value: string, weights: number[], attributes: Record<string, number | number[]>) =>
    relu(
      graph.node("Conv", [value, graph.weights(...weights)], { kernel_shape: weights.slice(2), ...attributes }, name),
    );
  let value = graph.input("coefficients", [1, 1, 49, 10]);
  value = conv("stem", value, [64, 1, 10, 4], { strides: [2, 2], pads: [4, 1, 5, 1] });
  for (const block of ["block1", "block2", "block3", "block4"]) {
    value = conv(`${block}.depthwise`, value, [64, 1, 3, 3], { pads: [1, 1, 1, 1], group: 64 });
    value = conv(`${block}.pointwise`, value, [64, 64, 1, 1], {});
  }
  value = graph.node("Flatten", [graph.node("GlobalAveragePool", [value])]);
  graph.output(
    graph.node("Gemm", [value, graph.weights(12, 64), graph.weights(12)], { transB: 1 }, "classifier"),
    [1, 12],
  );
  return graph.bytes();
}

it("the example's file is this network, and reads as it is in its paper", () => {
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, keywordSpotter());
  const bytes = new Uint8Array(readFileSync(file));
  expect(bytes).toEqual(keywordSpotter());
  const { layers } = readOnnx(bytes).workload;
  const macs = layers.reduce(
    (sum, { problem, count }) => sum + count * Object.values(problem.dims).reduce((product, size) => product * size, 1),
    0,
  );
  // 25 x 5 x (10 x 4 x 64 + 4 x (9 x 64 + 64 x 64)) + 64 x 12
  expect(macs).toBe(2_656_768);
});
