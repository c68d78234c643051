import { describe, expect, it } from "vitest";
import { tensorWords } from "../problem/problem.js";
import { workloadMacs } from "../workload/workload.js";
import { ImageNetwork, pooled } from "./image-network.js";
import { efficientnetB0, mobilenetV2, resnet18, resnet50 } from "./index.js";

describe("ImageNetwork", () => {
  it.each([
    [224, 7, 2, 112],
    [225, 3, 2, 113],
    [7, 3, 2, 4],
    [7, 1, 1, 7],
  ])(
    "a map of %i, kernel %i, stride %i gives %i, as (size + 2 * padding - kernel) / stride + 1",
    (size, kernel, stride, to) => {
      const network = new ImageNetwork("test", size);
      const output = network.conv("conv", network.image, { kernel, channels: 4, stride });
      expect(output).toEqual({ channels: 4, size: to });
      expect(Math.floor((size + (kernel - 1) - kernel) / stride) + 1).toBe(to);
      expect(network.layers[0]?.problem.dims).toMatchObject({ R: kernel, S: kernel, P: to, Q: to, C: 3, K: 4, N: 1 });
    },
  );

  it("filters each channel by itself in a depthwise convolution", () => {
    const network = new ImageNetwork("test", 8, 2);
    network.depthwise("filter", { channels: 6, size: 8 }, { kernel: 5, stride: 2 });
    const { problem } = network.layers[0]!;
    expect(problem.dims).toEqual({ G: 6, R: 5, S: 5, P: 4, Q: 4, C: 1, K: 1, N: 2 });
    expect(problem.tensors.map((tensor) => tensorWords(problem, tensor))).toEqual([
      6 * 25,
      2 * 6 * 11 * 11,
      2 * 6 * 16,
    ]);
  });

  it("rounds the size of a pooled map up", () => {
    expect(pooled({ channels: 64, size: 113 })).toEqual({ channels: 64, size: 57 });
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses images of %d pixels and batches of as many", (value) => {
    expect(() => resnet18({ imageSize: value })).toThrow("resnet18.imageSize");
    expect(() => resnet18({ batch: value })).toThrow("resnet18.batch");
  });
});

describe.each([
  ["resnet18", resnet18],
  ["resnet50", resnet50],
  ["mobilenetV2", mobilenetV2],
  ["efficientnetB0", efficientnetB0],
])("%s", (_, network) => {
  it("has as many times the MACs as there are images", () => {
    expect(workloadMacs(network({ batch: 3 }))).toBe(3 * workloadMacs(network()));
  });
});
