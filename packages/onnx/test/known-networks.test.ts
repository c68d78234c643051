import {
  bertBase as bertBaseWorkload,
  gpt2,
  resnet50 as resnet50Workload,
  type Workload,
  workloadMacs,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { gpt2Block } from "./decoder.js";
import { bertBase, mobilenetV2, resnet50, shufflenetV2 } from "./networks.js";

/** Layers by their shapes, with counts, in any order. */
function shapes({ layers }: Workload): string[] {
  return layers
    .map(({ problem, count }) => {
      const dims = Object.entries(problem.dims).filter(([, bound]) => bound > 1);
      const tensors = problem.tensors.map(({ ranks }) => ranks.flat().filter(([dim]) => (problem.dims[dim] ?? 1) > 1));
      return `${count} x ${JSON.stringify([dims.sort(), tensors])}`;
    })
    .sort();
}

const image = { dims: { batch_size: 1 } };

describe("networks as PyTorch exports them have the multiply-accumulates that are known of them", () => {
  // torchvision's own figures (`_ops` of the weights, GMACs at 224 x 224): 4.089, 0.301 and 0.145.
  it.each([
    ["ResNet-50", resnet50(), 4_089_184_256, 54],
    ["MobileNetV2", mobilenetV2(), 300_774_272, 53],
    ["ShuffleNetV2 x1.0", shufflenetV2(), 144_907_992, 57],
  ])("%s", (_name, bytes, macs, operators) => {
    const { workload } = readOnnx(bytes, image);
    expect(workloadMacs(workload)).toBe(macs);
    expect(workload.layers.reduce((sum, { count }) => sum + count, 0)).toBe(operators);
  });

  it("BERT-base, attention included", () => {
    const dims = { batch_size: 1, sequence_length: 128 };
    const { workload } = readOnnx(bertBase(), { dims });
    // For each of 12 layers: four projections, scores and values of 12 heads, and two products four times as wide; then
    // the pooler.
    const [s, h] = [128, 768];
    const layer = 4 * s * h * h + 2 * s * s * h + 2 * s * h * 4 * h;
    expect(layer).toBe(931_135_488);
    expect(workloadMacs(workload)).toBe(12 * layer + h * h);
    expect(shapes(workload)).toEqual(shapes(bertBaseWorkload({ sequence: s })));
  });

  it("grow with batch and sequence", () => {
    const macs = (bytes: Uint8Array, dims: Record<string, number>) => workloadMacs(readOnnx(bytes, { dims }).workload);
    expect(macs(resnet50(), { batch_size: 4 })).toBe(4 * 4_089_184_256);
    const layer = bertBase(1);
    // The pooler takes one token of each sequence.
    const pooler = 768 * 768;
    const short = macs(layer, { batch_size: 1, sequence_length: 128 }) - pooler;
    const long = macs(layer, { batch_size: 3, sequence_length: 512 }) - 3 * pooler;
    // Scores and values grow with the square of the sequence.
    expect(long).toBe(3 * (4 * short + 12 * 2 * 128 * 128 * 768));
    expect(macs(resnet50("size"), { batch_size: 1, size: 448 })).toBe(4 * (4_089_184_256 - 2_048_000) + 2_048_000);
  });
});

describe("a decoder with a cache", () => {
  const block = (past: number, sequence: number, batch = 1) => {
    const dims = { batch_size: batch, past_sequence_length: past, sequence_length: sequence };
    return readOnnx(gpt2Block(), { dims }).workload;
  };
  /** The layers of one of GPT-2's twelve blocks: all but the scores over the vocabulary. */
  const builtIn = (network: Workload): Workload => ({
    ...network,
    layers: network.layers
      .filter(({ problem }) => problem.name !== "vocabulary-scores")
      .map(({ problem, count }) => ({ problem, count: count / 12 })),
  });

  it("reads a prompt while the cache is empty", () => {
    expect(shapes(block(0, 300))).toEqual(shapes(builtIn(gpt2({ phase: "prefill", sequence: 300 }))));
  });

  it("makes one token that looks at all that are in the cache", () => {
    expect(shapes(block(299, 1))).toEqual(shapes(builtIn(gpt2({ phase: "decode", context: 300 }))));
    expect(shapes(block(299, 1, 4))).toEqual(shapes(builtIn(gpt2({ phase: "decode", context: 300, batch: 4 }))));
  });
});

describe("ResNet-50", () => {
  const { workload, operators, inputs } = readOnnx(resnet50(), { ...image, name: "mine" });

  it("is the built-in one, layer by layer", () => {
    expect(shapes(workload)).toEqual(shapes(resnet50Workload()));
  });

  it("keeps the modules' names, fit for files", () => {
    const names = workload.layers.map(({ problem }) => problem.name);
    expect(names.slice(0, 5)).toEqual([
      "conv1",
      "layer1.0.conv1",
      "layer1.0.conv2",
      "layer1.0.conv3",
      "layer1.1.conv1",
    ]);
    expect(names.at(-1)).toBe("fc");
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w.-]+$/);
  });

  it("says where it comes from", () => {
    expect(workload).toMatchObject({ name: "mine", description: "ONNX model by pytorch 2.1.0, batch_size=1" });
    expect(workload.source).toMatch(/opset 17/);
    expect(inputs).toEqual([{ name: "input", shape: [1, 3, 224, 224] }]);
  });

  it("counts what the other operators move, activations on the way", () => {
    const moved = (operator: string) => operators.filter((each) => each.operator === operator);
    expect(moved("Relu")).toMatchObject([{ counting: "fused", count: 49, wordsRead: 0, wordsWritten: 0 }]);
    // 112 x 112 x 64 in, 56 x 56 x 64 out.
    expect(moved("MaxPool")).toMatchObject([{ counting: "data movement", wordsRead: 802_816, wordsWritten: 200_704 }]);
    // Sums of two values of 56^2 x 256 (3 blocks), 28^2 x 512 (4), 14^2 x 1024 (6) and 7^2 x 2048 (3).
    const sums = 3 * 56 ** 2 * 256 + 4 * 28 ** 2 * 512 + 6 * 14 ** 2 * 1024 + 3 * 7 ** 2 * 2048;
    expect(moved("Add")).toMatchObject([{ count: 16, wordsRead: 2 * sums, wordsWritten: sums }]);
    expect(moved("Flatten")).toMatchObject([{ counting: "no work" }]);
    expect(operators.filter(({ isUnknown }) => isUnknown)).toEqual([]);
    expect(workload.dataMovement?.map(({ kind, count }) => [kind, count])).toEqual([
      ["MaxPool", 1],
      ["Add", 3],
      ["Add", 4],
      ["Add", 6],
      ["Add", 3],
      ["GlobalAveragePool", 1],
    ]);
  });

  it("without fusing, every activation is read and written", () => {
    const unfused = readOnnx(resnet50(), { ...image, fuse: false }).operators;
    const relu = unfused.find(({ operator }) => operator === "Relu")!;
    expect(relu).toMatchObject({ counting: "data movement", count: 49 });
    expect(relu.wordsRead).toBe(relu.wordsWritten);
    // The first one alone has 112 x 112 x 64 words.
    expect(relu.wordsRead).toBeGreaterThan(802_816);
  });
});
