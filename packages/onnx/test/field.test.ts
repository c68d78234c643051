import { readFileSync } from "node:fs";
import { type LoopnestError, workloadMacs } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { type OnnxOptions, readOnnx } from "../src/index.js";

const folder = new URL("../fixtures/field/", import.meta.url);
const read = (name: string, dims: Record<string, number> = {}, options: OnnxOptions = {}) =>
  readOnnx(new Uint8Array(readFileSync(new URL(`${name}.onnx`, folder))), { dims, ...options });

function fault(name: string, dims: Record<string, number> = {}) {
  try {
    read(name, dims);
  } catch (error) {
    return (error as LoopnestError).data;
  }
  throw new Error(`${name} was accepted`);
}

/** The sizes that the fix of an error asks for. */
const askedFor = ({ fix = "" }: { fix?: string }) => [...fix.matchAll(/--dim '([^=]+)=/g)].map((match) => match[1]!);

describe("what real files look like", () => {
  // Multiply-accumulates worked out by hand from the shapes.
  it.each([
    // 16 steps of 1 x 8 by 8 x 4; then (16, 4) by 4 x 32.
    ["scan-output-axes-squeezed", {}, 16 * 32 + 16 * 4 * 32],
    // The same for both of the batch, each by itself.
    ["scan-opset8", {}, 2 * 16 * 32 + 2 * 16 * 4 * 32],
    // The running mean has 3 words.
    ["batchnorm-training", {}, 1 * 3 * 5],
    ["only-unknown-conv", {}, 27 * 4 * 16 * 16],
    ["qonnx-quant", {}, 27 * 4 * 14 * 14],
    ["opset6-add-axis", {}, 27 * 4 * 14 * 14],
    ["opset6-gemm-4d", {}, 192 * 10],
    // 4 channels of 14 x 14 come out of the convolution; one of them by 14 x 5.
    ["split-to-sequence", {}, 27 * 4 * 14 * 14 + 14 * 14 * 5],
    ["mha-packed-qkv", {}, 2 * (2 * 8 * 64 * 64 * 40)],
    // Projection of 5 tokens; scores with the 3 of the cache and the 5 new ones.
    ["dim-expression", { batch_size: 2, sequence_length: 5, past_sequence_length: 3 }, 2 * (5 * 8 * 8 + 5 * 8 * 8)],
  ])("%s", (name, dims, macs) => {
    const { workload } = read(name, dims);
    expect(workloadMacs(workload)).toBe(macs);
    expect(workload.unmodelled).toBeUndefined();
  });

  it("a sum of sizes is not asked for, its parts are", () => {
    expect(fault("dim-expression").expected).toEqual(["batch_size", "sequence_length", "past_sequence_length"]);
  });

  it.each([
    ["nonzero-axis", ["nz[1]"], 8 * 2 * 100],
    ["slice-dead-end", ["cut[0]"], 100 * 8 * 4],
    ["expand-dead-end", ["big[0]"], 100 * 8 * 4],
  ])("%s reads the size that its message asks for", (name, sizes, macs) => {
    const error = fault(name);
    expect(askedFor(error)).toEqual(sizes);
    expect(workloadMacs(read(name, Object.fromEntries(sizes.map((size) => [size, 100]))).workload)).toBe(macs);
  });

  it("shapes in external data name the file, and may be given", () => {
    const error = fault("external-shape");
    expect(error.problem).toMatch(/the values of shp are in another file \(external data: w\.bin\)/);
    expect(error.problem).not.toMatch(/depends on the data/);
    // 4 x 64 words as 2 x 16 x 8, by 8 x 4: the last size follows.
    expect(workloadMacs(read("external-shape", { "r[0]": 2, "r[1]": 16 }).workload)).toBe(2 * 16 * 8 * 4);
  });

  it("equal operators that are not known are one line", () => {
    const { operators, workload } = read("unknown-many");
    const unknown = operators.filter(({ isUnknown }) => isUnknown);
    expect(unknown.map(({ operator, count, nodes }) => [operator, count, nodes.length])).toEqual([
      ["PACTOps.RequantShift", 40, 40],
    ]);
    expect(workload.unmodelled).toEqual([
      {
        ...{ operator: "PACTOps.RequantShift", count: 40, countedAs: "data movement" },
        reason: "loopnest does not know the operator PACTOps.RequantShift",
      },
    ]);
  });

  it("an operator that cannot be read stands in the workload", () => {
    const { workload } = read("unknown-nhwcconv");
    expect(workload.unmodelled).toEqual([
      {
        ...{ operator: "com.microsoft.NhwcConv", count: 1, countedAs: "data movement" },
        reason: "com.microsoft.NhwcConv of [1, 256, 64] by [64, 3, 3, 64] is no convolution that loopnest can read",
      },
    ]);
  });

  it.each([
    ["no-nodes", /a graph without nodes/],
    ["function-calls-itself", /my\.Rec: the function calls itself/],
    ["relu-without-output", /Relu: it has no output/],
  ])("%s is a clear error", (name, problem) => {
    expect(fault(name)).toMatchObject({ code: "input", problem: expect.stringMatching(problem) });
  });
});

describe("other files than ONNX models", () => {
  const text = (...parts: (string | number[])[]) =>
    new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));

  it.each([
    ["a Git LFS pointer", text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"), /git lfs pull/],
    // A node (field 1) with a name (field 1) and an operator (field 2).
    ["a frozen graph of TensorFlow", text([0x0a, 18, 0x0a, 1], "x", [0x12, 11], "Placeholder"), /tf2onnx/],
    ["a saved model of TensorFlow", text([0x08, 1, 0x12, 4, 0x0a, 2, 0x2a, 0]), /tf2onnx/],
    ["a zip archive", text([0x50, 0x4b, 3, 4]), /torch\.onnx\.export/],
    ["a gzip archive", text([0x1f, 0x8b, 8]), /gunzip/],
    ["a web page", text("<!DOCTYPE html>"), /raw/],
    ["a TensorFlow Lite model", text([28, 0, 0, 0], "TFL3"), /tf2onnx/],
  ])("%s is called what it is", (what, bytes, fix) => {
    expect(() => readOnnx(bytes)).toThrow(what);
    expect(() => readOnnx(bytes)).toThrow(fix);
  });
});
