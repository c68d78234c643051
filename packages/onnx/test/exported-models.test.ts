import { readFileSync } from "node:fs";
import { type LoopnestError, workloadMacs } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { resnet50 } from "./networks.js";
import { stripWeights } from "./strip-weights.js";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}.onnx`, import.meta.url)));

/** Sizes by the names that PaddlePaddle's exporter makes up. */
const paddle = (...sizes: number[]) => Object.fromEntries(sizes.map((size, i) => [`p2o.DynamicDimension.${i}`, size]));

describe("models exported by others", () => {
  // Multiply-accumulates from the shapes that ONNX Runtime 1.23 gave every value when it ran the model with its
  // weights: of a convolution, output words x words of one filter; of a transposed one, input words x words of the
  // filters of a channel.
  const cases: [name: string, dims: Record<string, number>, macs: number, byOperator: Record<string, number>][] = [
    ["pp-ocr-v4-det", paddle(1, 736, 736), 3_044_273_984, { Conv: 2_953_269_056, ConvTranspose: 91_004_928 }],
    ["pp-ocr-v4-rec", paddle(1, 320), 702_469_440, { Conv: 660_685_440, MatMul: 41_784_000 }],
    ["pp-ocr-cls", paddle(1, 48, 192), 16_315_376, { Conv: 16_314_976, MatMul: 400 }],
    ["speech-embedding", { unk__314: 1 }, 41_955_840, { Conv: 41_955_840 }],
    // The LSTM has one step of 4 gates: 512 x (128 inputs + 128 states).
    ["silero-vad-16k", { batch: 1, sequence: 576, sr: 16_000 }, 679_552, { Conv: 548_480, LSTM: 131_072 }],
  ];

  it.each(cases)("%s", (name, dims, macs, byOperator) => {
    const { workload, operators } = readOnnx(fixture(name), { dims });
    expect(workloadMacs(workload)).toBe(macs);
    const found = operators
      .filter((operator) => operator.macs > 0)
      .map((operator) => [operator.operator, operator.macs]);
    expect(Object.fromEntries(found)).toEqual(byOperator);
    expect(operators.filter(({ isUnknown, counting }) => isUnknown || counting === "not counted")).toEqual([]);
  });

  it("may have branches that the data decides: the one that does more is counted, and named", () => {
    const dims = { batch: 1, sequence: 576 };
    const { workload, operators } = readOnnx(fixture("silero-vad-16k"), { dims });
    expect(workloadMacs(workload)).toBe(679_552);
    expect(operators.filter(({ operator }) => operator === "If").length).toBeGreaterThan(0);
  });

  it("name all sizes that are missing, and how to give them", () => {
    const missing = () => readOnnx(fixture("pp-ocr-v4-rec"), { dims: paddle(1) });
    expect(missing).toThrow(
      "inputs.x: the model leaves the size p2o.DynamicDimension.1 open; give it, for example --dim " +
        "p2o.DynamicDimension.1=1 on the command line, dims in a program",
    );
    try {
      readOnnx(fixture("pp-ocr-v4-rec"));
    } catch (error) {
      expect((error as LoopnestError).data).toMatchObject({
        code: "input",
        expected: ["p2o.DynamicDimension.0", "p2o.DynamicDimension.1"],
      });
    }
  });
});

it("weights do not matter", () => {
  const bytes = resnet50();
  const dims = { batch_size: 1 };
  expect(readOnnx(stripWeights(bytes), { dims })).toEqual(readOnnx(bytes, { dims }));
});
