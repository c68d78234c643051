import { type LoopnestError, workloadMacs } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { BOOL, FLOAT, GraphBuilder, INT64 } from "./model-builder.js";

/**
 * An operator whose output's last-but-one size (or only one) is not known before the network runs; the last one is 8.
 */
type Build = (g: GraphBuilder) => string;

const x = (g: GraphBuilder, shape = [4, 8], type = FLOAT) => g.input("x", shape, type);
/** Numbers that the data decides. */
const numbers = (g: GraphBuilder, count: number) =>
  g.node("ReduceMax", [g.input("n", [count, 2], INT64)], { axes: [1], keepdims: 0 });
const number = (g: GraphBuilder) => g.node("ReduceMax", [g.input("n", [3], INT64)], { keepdims: 0 });

function asked(bytes: Uint8Array): string[] {
  try {
    readOnnx(bytes);
  } catch (error) {
    const { fix } = (error as LoopnestError).data;
    return [...fix!.matchAll(/--dim '([^=]+)=/g)].map((match) => match[1]!);
  }
  throw new Error("was accepted");
}

// What the message asks for is given as 100, or 8 for the axis that the weights fit; multiply-accumulates follow by
// hand.
it.each<[operator: string, sizes: Record<string, number>, macs: number, build: Build]>([
  ["Tile", { "Tile[0]": 100, "Tile[1]": 8 }, 100 * 8 * 3, (g) => g.node("Tile", [x(g), numbers(g, 2)])],
  ["Pad", { "Pad[0]": 100, "Pad[1]": 8 }, 100 * 8 * 3, (g) => g.node("Pad", [x(g), numbers(g, 4)])],
  ["Resize", { "Resize[0]": 100, "Resize[1]": 8 }, 100 * 8 * 3, (g) => g.node("Resize", [x(g), "", "", numbers(g, 2)])],
  ["TopK", { "TopK[0]": 100 }, 100 * 8 * 3, (g) => g.nodes(2, "TopK", [x(g), number(g)], { axis: 0 })[0]!],
  [
    "ConstantOfShape",
    { "ConstantOfShape[0]": 100, "ConstantOfShape[1]": 8 },
    100 * 8 * 3,
    (g) => g.node("ConstantOfShape", [numbers(g, 2)]),
  ],
  ["Range", { "Range[0]": 8 }, 8 * 3, (g) => g.node("Range", [g.integers(0), number(g), g.integers(1)])],
  ["OneHot", { "OneHot[1]": 8 }, 4 * 8 * 3, (g) => g.node("OneHot", [x(g, [4], INT64), number(g), g.floats([0, 1])])],
  [
    "Compress",
    { "Compress[0]": 100 },
    100 * 8 * 3,
    (g) => g.node("Compress", [x(g), g.input("m", [4], BOOL)], { axis: 0 }),
  ],
])("%s reads the sizes that its message asks for", (_, sizes, macs, build) => {
  const g = new GraphBuilder();
  const found = build(g);
  g.output(g.node("MatMul", [found, g.weights(8, 3)]));
  const axes = Object.entries(sizes).map(([name, size]): [string, number] => [
    name.replace(/^.*\[/, `${found}[`),
    size,
  ]);
  expect(asked(g.bytes())).toEqual(axes.map(([name]) => name));
  expect(workloadMacs(readOnnx(g.bytes(), { dims: Object.fromEntries(axes) }).workload)).toBe(macs);
});
