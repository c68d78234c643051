import {
  mobilenetV2 as builtInMobilenet,
  resnet50 as builtInResnet50,
  type Edge,
  type Workload,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { bertBase, mobilenetV2, resnet50 } from "./networks.js";

/** Edges that may be fused, or not, by the sizes of both layers. */
function seen({ layers, edges = [] }: Workload, isFree: boolean): string[] {
  const dims = (name: string) => layers.find(({ problem }) => problem.name === name)!.problem.dims;
  const size = (name: string) => Object.entries(dims(name)).sort().join(" ");
  const sum = new Map<string, number>();
  const add = ({ from, to, tensor, count, ranks }: Edge) => {
    const key = `${size(from)} > ${size(to)} ${tensor} ${JSON.stringify(ranks)}`;
    sum.set(key, (sum.get(key) ?? 0) + count);
  };
  for (const edge of edges) if ((edge.refusal === undefined) === isFree) add(edge);
  return [...sum].map(([key, count]) => `${count} x ${key}`).sort();
}

describe("edges of ONNX models", () => {
  it("of ResNet-50 that may be fused are those of the built-in network", () => {
    const { workload } = readOnnx(resnet50(), { dims: { batch_size: 1 } });
    expect(seen(workload, true)).toEqual(seen(builtInResnet50(), true));
    // What a block is given goes to its first layer, and to the shortcut: 16 blocks, of which 4 have a layer there.
    expect(reasons(workload)).toEqual({ "2 operators read it": 20, "Flatten between them gives it another shape": 1 });
  });

  it("of MobileNetV2 as well, but for sums, whose other operand is counted as data movement", () => {
    const { workload } = readOnnx(mobilenetV2(), { dims: { batch_size: 1 } });
    const builtIn = builtInMobilenet();
    const edges = builtIn.edges!.filter(({ through }) => !through?.includes("Add"));
    expect(seen(workload, true)).toEqual(seen({ ...builtIn, edges }, true));
  });

  it("say what stands between two layers, and take an activation in several operators for one", () => {
    const { workload } = readOnnx(bertBase(1), { dims: { batch_size: 1, sequence_length: 16 } });
    expect(reasons(workload)).toMatchObject({ "Softmax between them is counted as data movement": 1 });
    const free = workload.edges!.filter(({ refusal }) => refusal === undefined);
    expect(free).toMatchObject([
      { from: "encoder.layer.0.intermediate.dense", to: "encoder.layer.0.output.dense", count: 1 },
    ]);
  });
});

function reasons({ edges = [] }: Workload): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { refusal, count } of edges) if (refusal) counts[refusal] = (counts[refusal] ?? 0) + count;
  return counts;
}
