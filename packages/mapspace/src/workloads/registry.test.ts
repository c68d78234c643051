import { describe, expect, it } from "vitest";
import { LoopnestError } from "../errors/loopnest-error.js";
import { tensorWords } from "../problem/problem.js";
import { problemShape } from "../problem/problem-shape.js";
import { mergeLayers } from "../workload/merge-layers.js";
import { type Workload, workloadMacs } from "../workload/workload.js";
import {
  bertBase,
  builtInWorkload,
  gpt2,
  llama3_8b,
  resnet50,
  type WorkloadSizes,
  workloadNames,
  workloadSizes,
} from "./index.js";

/** Giga-MACs as published; torchvision's are the "GFLOPS" of its weight tables, where one is a multiply-accumulate. */
const PUBLISHED_GIGAMACS: Record<string, readonly [value: number, digits: number]> = {
  resnet18: [1.814, 3],
  resnet50: [4.089, 3],
  "mobilenet-v2": [0.301, 3],
  "efficientnet-b0": [0.386, 3],
  "vit-b16": [17.564, 3],
  "retinanet-resnet50-fpn": [151.54, 2],
};

/**
 * Parameters as published (torchvision's `num_params`; google-bert/bert-base-uncased, openai-community/gpt2 and
 * meta-llama/Meta-Llama-3-8B on Hugging Face), and those of them that no layer multiplies by: biases, normalisations
 * and embeddings. The rest is the weights of all layers, to the last one.
 */
const PUBLISHED_PARAMETERS: Record<string, readonly [total: number, notMultiplied: (network: Workload) => number]> = {
  resnet18: [11_689_512, normalised],
  resnet50: [25_557_032, normalised],
  "mobilenet-v2": [3_504_872, normalised],
  // The two convolutions of squeeze and excitation have a bias where the others have a normalisation of two.
  "efficientnet-b0": [5_288_548, (network) => normalised(network) - outputs(network, /squeeze|excite/)],
  // Biases, two normalisations a layer and a last one, class token, 197 positions.
  "vit-b16": [86_567_656, () => 768 + 12 * (9 * 768 + 4 * 768) + 2 * 768 + 1000 + 768 + 197 * 768],
  // Biases, two normalisations a layer and one of the embeddings of 30522 words, 512 positions and 2 segments.
  "bert-base": [109_482_240, () => 12 * (9 * 768 + 4 * 768) + 768 + 2 * 768 + (30522 + 512 + 2) * 768],
  // Biases, two normalisations a block and a last one, 1024 positions; the words' embedding is the last layer's
  // weights.
  "gpt2-prefill": [124_439_808, () => 12 * (9 * 768 + 4 * 768) + 2 * 768 + 1024 * 768],
  "gpt2-decode": [124_439_808, () => 12 * (9 * 768 + 4 * 768) + 2 * 768 + 1024 * 768],
  // Two normalisations a block and a last one, each without bias; the words' embedding is a matrix of its own.
  "llama-3-8b-prefill": [8_030_261_248, () => 65 * 4096 + 128256 * 4096],
  "llama-3-8b-decode": [8_030_261_248, () => 65 * 4096 + 128256 * 4096],
};

/** A scale and a shift for each channel of each convolution, a bias for each of the 1000 classes. */
function normalised(network: Workload): number {
  return 2 * outputs(network, /^(?!fc|classifier)/) + 1000;
}

function outputs(network: Workload, name: RegExp): number {
  return network.layers
    .filter(({ problem }) => name.test(problem.name))
    .reduce((sum, { problem, count }) => sum + count * (problem.dims["K"] ?? 1) * (problem.dims["G"] ?? 1), 0);
}

/** Words that layers multiply by and that do not come from the input, as keys and values do. */
function weights(network: Workload): number {
  return network.layers
    .filter(({ problem }) => !/^attention-(scores|context)$/.test(problem.name))
    .reduce((sum, { problem, count }) => {
      const tensor = problem.tensors.find(({ name }) => name === "Weights")!;
      return sum + count * tensorWords(problem, tensor);
    }, 0);
}

describe.each([...workloadNames])("%s", (name) => {
  const network = builtInWorkload(name);

  it("says what it is and where it comes from", () => {
    expect(network.name).toBe(name);
    expect(network.description).not.toBe("");
    expect(network.source).not.toBe("");
  });

  it("says at which sizes it is", () => {
    expect(builtInWorkload(name, workloadSizes(name))).toEqual(network);
  });

  it("has layers with unique names that can be file names", () => {
    const names = network.layers.map(({ problem }) => problem.name);
    expect(new Set(names).size).toBe(names.length);
    for (const layer of names) expect(layer).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
  });

  it("has sound problems, each once, with its count", () => {
    expect(mergeLayers(network.layers)).toEqual(network.layers);
    for (const { problem, count } of network.layers) {
      expect(Number.isSafeInteger(count) && count > 0).toBe(true);
      expect(() => problemShape(problem)).not.toThrow();
    }
  });
});

describe("published figures", () => {
  it.each(Object.entries(PUBLISHED_GIGAMACS))("%s has %j giga-MACs", (name, [value, digits]) => {
    expect((workloadMacs(builtInWorkload(name)) / 1e9).toFixed(digits)).toBe(value.toFixed(digits));
  });

  it.each(Object.entries(PUBLISHED_PARAMETERS))("%s has all its parameters", (name, [total, notMultiplied]) => {
    const network = builtInWorkload(name);
    expect(weights(network) + notMultiplied(network)).toBe(total);
  });
});

describe("workload", () => {
  const errorOf = (name: string) => {
    try {
      builtInWorkload(name);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it("suggests a similar name", () => {
    const error = errorOf("resnet5O") as LoopnestError;
    expect(error).toBeInstanceOf(LoopnestError);
    expect(error.data).toMatchObject({ code: "input", got: "resnet5O" });
    expect(error.message).toContain("did you mean resnet50");
  });

  it("lists all names if none is similar", () => {
    const { data } = errorOf("a network of another kind") as LoopnestError;
    expect(data.expected).toEqual(workloadNames);
    for (const name of workloadNames) expect(data.fix).toContain(name);
  });

  it("suggests the two phases for a model's name", () => {
    expect((errorOf("gpt2") as LoopnestError).data.fix).toBe("did you mean gpt2-decode or gpt2-prefill?");
  });

  it.each(["constructor", "toString", "__proto__", ""])("does not know %j", (name) => {
    expect(errorOf(name)).toBeInstanceOf(LoopnestError);
  });

  it.each([
    ["resnet50", { imageSize: 448 }, resnet50({ imageSize: 448 })],
    ["bert-base", { sequence: 64, batch: 2 }, bertBase({ sequence: 64, batch: 2 })],
    ["gpt2-prefill", { sequence: 64, batch: 2 }, gpt2({ phase: "prefill", sequence: 64, batch: 2 })],
    ["llama-3-8b-decode", { context: 9000 }, llama3_8b({ phase: "decode", context: 9000 })],
  ] as const)("gives %s the sizes %j", (name, sizes, expected) => {
    expect(builtInWorkload(name, sizes)).toEqual(expected);
  });

  it.each([
    ["gpt2-decode", { sequence: 64 }, "there is no size of gpt2-decode sequence; choose one of context, batch"],
    ["bert-base", { batches: 2 }, "there is no size of bert-base batches; did you mean batch?"],
    ["unet", { batch: 2 }, "unet has one size only; leave batch out"],
  ])("refuses %s the sizes %j", (name, sizes, message) => {
    expect(() => builtInWorkload(name, sizes as WorkloadSizes)).toThrow(message);
  });
});
