import { describe, expect, it } from "vitest";
import type { Problem } from "../problem/problem.js";
import { workloadMacs } from "../workload/workload.js";
import { builtInWorkload } from "./index.js";

/** Layer list of ResNet-50 in the DOSA artifact: kernel, output size, C, K, stride, count. */
const DOSA_RESNET50 = [
  [7, 112, 3, 64, 2, 1],
  [1, 56, 64, 64, 1, 1],
  [3, 56, 64, 64, 1, 3],
  [1, 56, 64, 256, 1, 4],
  [1, 56, 256, 64, 1, 2],
  [1, 56, 256, 128, 1, 1],
  [3, 28, 128, 128, 2, 1],
  [1, 28, 128, 512, 1, 4],
  [1, 28, 256, 512, 2, 1],
  [1, 28, 512, 128, 1, 3],
  [3, 28, 128, 128, 1, 3],
  [1, 28, 512, 256, 1, 1],
  [3, 14, 256, 256, 2, 1],
  [1, 14, 256, 1024, 1, 6],
  [1, 14, 512, 1024, 2, 1],
  [1, 14, 1024, 256, 1, 5],
  [3, 14, 256, 256, 1, 5],
  [1, 14, 1024, 512, 1, 1],
  [3, 7, 512, 512, 2, 1],
  [1, 7, 512, 2048, 1, 3],
  [1, 7, 1024, 2048, 2, 1],
  [1, 7, 2048, 512, 1, 2],
  [3, 7, 512, 512, 1, 2],
  [1, 1, 2048, 1000, 1, 1],
];

function strides(problem: Problem): number[] {
  const inputs = problem.tensors.find(({ name }) => name === "Inputs")!;
  return inputs.ranks.flat().flatMap(([dim, coefficient]) => (dim === "P" || dim === "Q" ? [coefficient] : []));
}

function sizesAndCount(name: string) {
  const { layers } = builtInWorkload(name);
  return { layers: layers.length, operators: layers.reduce((sum, { count }) => sum + count, 0) };
}

describe("networks of DOSA's evaluation", () => {
  it("resnet50 is DOSA's list, in its order", () => {
    const rows = builtInWorkload("resnet50").layers.map(({ problem, count }) => {
      const { R, S, P, Q, C, K, N, ...others } = problem.dims;
      expect([S, Q, N, others]).toEqual([R, P, 1, {}]);
      const [strideP, strideQ] = strides(problem);
      expect(strideQ).toBe(strideP);
      return [R, P, C, K, strideP, count];
    });
    expect(rows).toEqual(DOSA_RESNET50);
  });

  // Sums of count x (product of the bounds) over the layer list in the DOSA artifact.
  it.each([
    ["bert", 5, 6, 757_071_872],
    ["resnet50", 24, 54, 4_089_184_256],
    ["unet", 23, 23, 167_322_556_672],
    ["retinanet", 22, 27, 3_323_622_400],
  ])("%s has %i layers for %i operators", (name, layers, operators, macs) => {
    expect(sizesAndCount(name)).toEqual({ layers, operators });
    expect(workloadMacs(builtInWorkload(name))).toBe(macs);
  });

  it("unet follows the rule of the paper: unpadded convolutions, halved on the way down, doubled on the way up", () => {
    const expected: number[][] = [];
    let size = 572;
    const convs = (inputs: number, channels: number) => {
      expected.push([3, (size -= 2), inputs, channels], [3, (size -= 2), channels, channels]);
    };
    for (const channels of [64, 128, 256, 512]) {
      convs(channels === 64 ? 1 : channels / 2, channels);
      size /= 2;
    }
    convs(512, 1024);
    for (const channels of [512, 256, 128, 64]) {
      expected.push([2, (size *= 2), 2 * channels, channels]);
      convs(2 * channels, channels);
    }
    expected.push([1, size, 64, 2]);
    const rows = builtInWorkload("unet").layers.map(({ problem: { dims } }) => [
      dims["R"],
      dims["P"],
      dims["C"],
      dims["K"],
    ]);
    expect(rows).toEqual(expected);
  });
});
