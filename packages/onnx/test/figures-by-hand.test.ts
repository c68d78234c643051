import { conv, workloadMacs } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { BOOL, GraphBuilder, INT64 } from "./model-builder.js";

describe("mixtures of experts", () => {
  /**
   * 10 tokens of 6 words, 4 experts: each widens to 16 words and narrows again, perhaps with a second product beside.
   */
  function mixture(k: number, isGated: boolean) {
    const g = new GraphBuilder();
    const [x, gate] = [g.input("x", [2, 5, 6]), g.input("gate", [10, 4])];
    const wide = () => g.weights(4, 16, 6);
    const inputs = [x, gate, wide(), "", g.weights(4, 6, 16), "", ...(isGated ? [wide()] : [])];
    g.output(g.node("com.microsoft.MoE", inputs, { k }, "/moe/MoE"));
    return readOnnx(g.bytes());
  }

  it("take every token through k of them", () => {
    // A visit is 6 x 16 and 16 x 6 products.
    expect(workloadMacs(mixture(1, false).workload)).toBe(10 * 2 * 6 * 16);
    expect(workloadMacs(mixture(2, false).workload)).toBe(2 * 10 * 2 * 6 * 16);
    expect(workloadMacs(mixture(2, true).workload)).toBe(2 * 10 * 3 * 6 * 16);
  });

  it("share the visits evenly", () => {
    // 10 visits: two experts have 3, two have 2; each product stands there for both.
    const layers = mixture(1, false).workload.layers.map(({ problem, count }) => [problem.dims.P, count]);
    expect(layers.sort()).toEqual([
      [2, 2],
      [2, 2],
      [3, 2],
      [3, 2],
    ]);
    expect(mixture(1, false).workload.unmodelled).toBeUndefined();
  });
});

it.each([
  ["as ONNX's own, channels in front", [8, 3, 5, 5]],
  ["channels last too", [8, 5, 5, 3]],
])("NhwcConv is the convolution of its filters: %s", (_, filters) => {
  const g = new GraphBuilder();
  const inputs = [g.input("x", [2, 12, 14, 3]), g.weights(...filters)];
  const y = g.node("com.microsoft.NhwcConv", inputs, { strides: [2, 1], pads: [2, 2, 2, 2] }, "/conv/NhwcConv");
  // Channels are last: 8 of them by 8 x 4.
  g.output(g.node("MatMul", [y, g.weights(8, 4)], {}, "/fc/MatMul"));
  const { layers } = readOnnx(g.bytes()).workload;
  expect(layers[0]!.problem).toEqual(
    conv({ name: layers[0]!.problem.name, R: 5, S: 5, P: 6, Q: 14, C: 3, K: 8, N: 2, stride: [2, 1] }),
  );
  expect(layers[1]!.problem.dims).toMatchObject({ P: 2 * 6 * 14, C: 8, K: 4 });
});

// Half of the frequencies, 0 to 8, say all of a real signal of 16 words, or of one of 17.
it.each<[what: string, length: readonly number[], words: number]>([
  ["as many words as the frequencies of an even length", [], 16],
  ["as many words as its length says", [17], 17],
])("an inverse Fourier transform of one side gives %s, each a real number", (_, length, words) => {
  const g = new GraphBuilder();
  const inputs = [g.input("x", [1, 9, 2]), length.length > 0 ? g.integers(length[0]!) : "", g.integers(1)];
  const y = g.node("DFT", inputs, { inverse: 1, onesided: 1 });
  g.output(g.node("MatMul", [g.node("Squeeze", [y, g.integers([2])]), g.weights(words, 3)]));
  expect(workloadMacs(readOnnx(g.bytes(20)).workload)).toBe(words * 3);
});

describe("sizes that a number cannot hold exactly are refused:", () => {
  const refused = (build: (g: GraphBuilder) => string) => {
    const g = new GraphBuilder();
    g.output(g.node("MatMul", [build(g), g.weights(8, 4)]));
    return () => readOnnx(g.bytes());
  };

  it("of an input, of weights", () => {
    expect(refused((g) => g.input("x", [2 ** 53, 8]))).toThrow(/^x: a size of 9007199254740992 is too large/);
    expect(refused((g) => g.weights(2 ** 60, 8))).toThrow(/a size of 1152921504606847000 is too large/);
  });

  it("of what an operator makes, or of all its words", () => {
    const x = (g: GraphBuilder) => g.input("x", [4, 8]);
    expect(refused((g) => g.node("Tile", [x(g), g.integers([2 ** 52, 1])]))).toThrow(
      /Tile: an output of size 18014398509481984/,
    );
    expect(refused((g) => g.node("Tile", [x(g), g.integers([2 ** 49, 1])]))).toThrow(/words, more than can be counted/);
  });

  it("of how often an element-wise operator runs in loops", () => {
    const inner = new GraphBuilder("inner_");
    const outer = new GraphBuilder("outer_");
    for (const body of [inner, outer]) {
      body.input(`i${body === inner}`, [], INT64);
      const go = body.input(`go${body === inner}`, [], BOOL);
      const state = body.input(`state${body === inner}`, [4, 8]);
      const act = body === inner ? body.node("Relu", [state], {}, "/act/Relu") : state;
      const trips = body.integers(2 ** 30);
      const next = body === inner ? act : body.node("Loop", [trips, "", act], { body: inner });
      for (const output of [go, next]) body.output(output);
    }
    const twice = refused((g) => g.node("Loop", [g.integers(2 ** 30), "", g.input("x", [4, 8])], { body: outer }));
    expect(twice).toThrow(/^act\.Relu: it runs 1152921504606847000 times, more often than can be counted/);
  });

  it("and the largest that fits is not", () => {
    const g = new GraphBuilder();
    g.output(g.node("MatMul", [g.input("x", [2 ** 45, 8]), g.weights(8, 4)]));
    expect(workloadMacs(readOnnx(g.bytes()).workload)).toBe(2 ** 50);
  });
});
