import { conv, depthwiseConv, withBits } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { type AttributeValue, GraphBuilder } from "./model-builder.js";

function layer(shape: number[], filters: number[], attributes: Record<string, AttributeValue> = {}, operator = "Conv") {
  const g = new GraphBuilder();
  const x = g.input("x", shape);
  const w = g.weights(...filters);
  const scale = g.floats(1);
  const inputs = operator === "QLinearConv" ? [x, scale, scale, w, scale, scale, scale, scale] : [x, w];
  g.output(g.node(operator, inputs, attributes, `/conv/${operator}`));
  const { layers } = readOnnx(g.bytes()).workload;
  expect(layers).toHaveLength(1);
  return layers[0]!.problem;
}

describe("convolutions", () => {
  it("with strides, dilations and padding of each side", () => {
    const attributes = { strides: [2, 3], dilations: [1, 2], pads: [1, 0, 2, 4] };
    // Height: (10 + 1 + 2 - 3) / 2 + 1; width: (20 + 0 + 4 - 9) / 3 + 1.
    const wanted = conv({ name: "conv", R: 3, S: 5, P: 6, Q: 6, C: 4, K: 6, N: 2, stride: [2, 3], dilation: [1, 2] });
    expect(layer([2, 4, 10, 20], [6, 4, 3, 5], attributes)).toEqual(wanted);
  });

  it("that pad by themselves", () => {
    const sizes = (auto_pad: string) => {
      const { P, Q } = layer([1, 4, 10, 11], [6, 4, 3, 3], { auto_pad, strides: [2, 2] }).dims;
      return [P, Q];
    };
    expect(sizes("SAME_UPPER")).toEqual([5, 6]);
    expect(sizes("VALID")).toEqual([4, 5]);
  });

  it("in groups, and depthwise ones", () => {
    const window = { R: 3, S: 3, P: 8, Q: 8, N: 1 };
    expect(layer([1, 8, 10, 10], [12, 2, 3, 3], { group: 4 })).toEqual(
      conv({ name: "conv", ...window, C: 2, K: 3, G: 4 }),
    );
    expect(layer([1, 8, 10, 10], [8, 1, 3, 3], { group: 8 })).toEqual(
      depthwiseConv({ name: "conv", ...window, channels: 8 }),
    );
    expect(layer([1, 8, 10, 10], [16, 1, 3, 3], { group: 8 })).toEqual(
      conv({ name: "conv", ...window, C: 1, K: 2, G: 8 }),
    );
  });

  it("over one axis are columns, over three have depth too", () => {
    expect(layer([1, 80, 3000], [384, 80, 3], { strides: [2], pads: [1, 1] })).toEqual(
      conv({ name: "conv", R: 3, S: 1, P: 1500, Q: 1, C: 80, K: 384, N: 1, stride: [2, 1] }),
    );
    const video = layer([1, 3, 16, 112, 112], [64, 3, 3, 7, 7], { strides: [1, 2, 2], pads: [1, 3, 3, 1, 3, 3] });
    expect(video.dims).toEqual({ R: 7, S: 7, P: 56, Q: 56, C: 3, K: 64, N: 1, T: 3, D: 16 });
    const ranks = Object.fromEntries(video.tensors.map(({ name, ranks }) => [name, ranks.at(-1)]));
    expect(ranks).toEqual({
      Weights: [["T", 1]],
      Inputs: [
        ["T", 1],
        ["D", 1],
      ],
      Outputs: [["D", 1]],
    });
  });

  it("of quantised models have their filters elsewhere", () => {
    const wanted = layer([1, 4, 10, 10], [6, 4, 3, 3]);
    expect(layer([1, 4, 10, 10], [6, 4, 3, 3], {}, "QLinearConv")).toEqual(
      withBits(wanted, { Outputs: 8, partialSums: 32 }),
    );
    expect(layer([1, 4, 10, 10], [6, 4, 3, 3], {}, "ConvInteger")).toEqual(
      withBits(wanted, { Outputs: 32, partialSums: 32 }),
    );
  });

  it("with deformed windows have the products of ordinary ones, and read four words a sample", () => {
    const g = new GraphBuilder();
    const [image, offsets, mask] = [
      g.input("x", [1, 3, 6, 6]),
      g.input("at", [1, 18, 4, 4]),
      g.input("m", [1, 9, 4, 4]),
    ];
    g.output(g.node("DeformConv", [image, g.weights(8, 3, 3, 3), offsets, "", mask], {}, "/conv/DeformConv"));
    const { workload } = readOnnx(g.bytes());
    expect(workload.layers[0]!.problem).toEqual(conv({ name: "conv", R: 3, S: 3, P: 4, Q: 4, C: 3, K: 8, N: 1 }));
    const samples = 3 * 9 * 16;
    const wordsRead = 4 * samples + 18 * 16 + 9 * 16;
    expect(workload.dataMovement).toMatchObject([{ kind: "DeformConv samples", wordsRead, wordsWritten: samples }]);
  });

  it("that do not fit are refused by their name", () => {
    expect(() => layer([1, 3, 10, 10], [6, 4, 3, 3])).toThrow(
      "conv: Conv: filters for 4 channels, the input has 3; check the sizes given for the inputs",
    );
    expect(() => layer([1, 4, 2, 10], [6, 4, 3, 3])).toThrow("an input of 2 x 10 is smaller than the filters");
    expect(() => layer([1, 4, 9, 9], [6, 4, 3, 3], { dilations: [1, 0] })).toThrow(/^conv: Conv: dilation is 0; check/);
    expect(() => layer([1, 4, 9, 9], [6, 4, 3, 3], { strides: [1, 0] })).toThrow(/^conv: Conv: stride is 0; check/);
    expect(() => layer([1, 4, 9, 9], [6, 4, 3, 3], { pads: [1, 1] })).toThrow(
      /^conv: Conv: 2 pads where 4 belong; check/,
    );
  });
});
