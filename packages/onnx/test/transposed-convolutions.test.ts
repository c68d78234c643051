import { macs } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { phases } from "../src/operators/kinds/transposed-convolution.js";
import { GraphBuilder } from "./model-builder.js";

/** Products of a transposed convolution along one axis, counted output by output and tap by tap. */
function counted(outputs: number, kernel: number, stride: number, dilation: number, before: number): number {
  let products = 0;
  for (let o = 0; o < outputs; o++) {
    for (let r = 0; r < kernel; r++) if ((o + before - r * dilation) % stride === 0) products++;
  }
  return products;
}

describe("phases of a transposed convolution", () => {
  it("have the products that a count finds, and all outputs", () => {
    for (const stride of [1, 2, 3, 4]) {
      for (const kernel of [1, 2, 3, 4, 5]) {
        for (const dilation of [1, 2, 3]) {
          for (const before of [0, 1, 2]) {
            const settings = { kernel, stride, dilation, before };
            const list = phases(11, settings);
            const products = list.reduce((sum, { taps, outputs }) => sum + taps * outputs, 0);
            expect([settings, products]).toEqual([settings, counted(11, kernel, stride, dilation, before)]);
            expect(list.reduce((sum, { outputs }) => sum + outputs, 0)).toBe(11);
          }
        }
      }
    }
  });

  it("read the input at the distances of their taps", () => {
    // Stride 2, dilation 3: taps 0 and 2 (0 and 6 outputs away) reach even outputs, 3 inputs apart.
    const [even, odd] = phases(12, { kernel: 4, stride: 2, dilation: 3, before: 0 });
    expect([even, odd]).toEqual([
      { taps: 2, outputs: 6, dilation: 3 },
      { taps: 2, outputs: 6, dilation: 3 },
    ]);
  });
});

function upsampled(attributes: Record<string, number | number[]>, kernel = 4, group = 1) {
  const g = new GraphBuilder();
  const x = g.input("x", [1, 8 * group, 7, 9]);
  g.output(
    g.node(
      "ConvTranspose",
      [x, g.weights(8 * group, 5, kernel, kernel)],
      { group, ...attributes },
      "/up/ConvTranspose",
    ),
  );
  return readOnnx(g.bytes());
}

describe("ConvTranspose", () => {
  it("with a kernel twice the stride is four equal convolutions of 2 x 2: one layer, count 4", () => {
    const { workload, operators } = upsampled({ strides: [2, 2], pads: [1, 1, 1, 1] });
    expect(workload.layers.map(({ problem, count }) => [problem.name, count, problem.dims])).toEqual([
      ["up", 4, { R: 2, S: 2, P: 7, Q: 9, C: 8, K: 5, N: 1 }],
    ]);
    expect(operators[0]!.reason).toMatch(/one convolution for each phase/);
  });

  it("where kernel and stride are equal has a product for every input word and tap", () => {
    const { workload } = upsampled({ strides: [2, 2] }, 2, 3);
    const products = workload.layers.reduce((sum, { problem, count }) => sum + count * macs(problem), 0);
    expect(products).toBe(3 * 8 * 7 * 9 * (5 * 2 * 2));
  });

  it("with an odd kernel has phases of their own shapes and names", () => {
    const { workload } = upsampled({ strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }, 3);
    expect(workload.layers.map(({ problem }) => [problem.name, problem.dims["R"], problem.dims["S"]])).toEqual([
      ["up", 2, 2],
      ["up-2", 2, 1],
      ["up-3", 1, 2],
      ["up-4", 1, 1],
    ]);
    expect(workload.layers.map(({ problem }) => [problem.dims["P"], problem.dims["Q"]])).toEqual(Array(4).fill([7, 9]));
  });

  it("with a kernel smaller than the stride writes zeros where no tap reaches", () => {
    const { workload } = upsampled({ strides: [3, 3] }, 2);
    // 7 x 9 inputs become 20 x 26 outputs; of each 3 rows and columns, 2 are reached.
    const written = workload.dataMovement!.reduce((sum, { count, wordsWritten }) => sum + count * wordsWritten, 0);
    expect(written).toBe(5 * (20 * 26 - 14 * 18));
    expect(workload.dataMovement![0]!.kind).toBe("ConvTranspose zeros");
  });

  it("with strides that no network has is refused, not unfolded", () => {
    const strides = (...numbers: number[]) => upsampled({ strides: numbers });
    expect(() => strides(2)).toThrow(/^up: ConvTranspose: 1 strides where 2 belong; check/);
    expect(() => strides(0, 2)).toThrow(/^up: ConvTranspose: stride is 0; check/);
    expect(() => strides(2 ** 31, 2)).toThrow(/strides \[2147483648, 2\] make more than 10000 phases/);
  });
});
