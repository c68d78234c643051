import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { FLOAT, GraphBuilder, INT64 } from "./model-builder.js";

/** A model with `own.Block`: a convolution with the strides of the call, then its ReLU. */
function blocks(build: (g: GraphBuilder, x: string) => string) {
  const body = new GraphBuilder("block_");
  const inputs = [body.input("x", []), body.input("w", [])];
  const convolved = body.node("Conv", inputs, { strides: { reference: "strides" }, pads: [1, 1, 1, 1] });
  body.output(body.node("Relu", [convolved]));
  const g = new GraphBuilder();
  g.define("Block", body);
  g.output(build(g, g.input("x", [1, 4, 8, 8])));
  return readOnnx(g.bytes());
}

describe("operators that the model defines itself", () => {
  it("are counted by their parts, with the attributes and shapes of each call", () => {
    const { workload, operators } = blocks((g, x) => {
      const first = g.node("own.Block", [x, g.weights(6, 4, 3, 3)], { strides: [2, 2] }, "/first/Block");
      return g.node("own.Block", [first, g.weights(5, 6, 3, 3)], { strides: [1, 1] }, "/second/Block");
    });
    const dims = workload.layers.map(({ problem: { dims } }) => [dims["P"], dims["C"], dims["K"]]);
    expect(dims).toEqual([
      [4, 4, 6],
      [4, 6, 5],
    ]);
    expect(operators.map(({ operator, count, counting }) => [operator, count, counting])).toEqual([
      ["Conv", 2, "layers"],
      ["Relu", 2, "fused"],
      ["own.Block", 2, "by its parts"],
    ]);
  });

  it("may call each other", () => {
    const inner = new GraphBuilder("inner_");
    inner.output(inner.node("MatMul", [inner.input("x", []), inner.input("w", [])]));
    const outer = new GraphBuilder("outer_");
    const [x, w] = [outer.input("x", []), outer.input("w", [])];
    outer.output(outer.node("own.Inner", [outer.node("own.Inner", [x, w]), w]));
    const g = new GraphBuilder();
    g.define("Inner", inner);
    g.define("Outer", outer);
    g.output(g.node("own.Outer", [g.input("x", [3, 8]), g.weights(8, 8)]));
    expect(readOnnx(g.bytes()).workload.layers.map(({ problem: { dims }, count }) => [dims["P"], count])).toEqual([
      [3, 2],
    ]);
  });
});

describe("Scan", () => {
  it("runs its body for each element along the scanned axis", () => {
    const body = new GraphBuilder("body_");
    const [state, x] = [body.input("state", [1, 8]), body.input("x", [1, 8])];
    const next = body.node("MatMul", [body.node("Add", [state, x]), body.weights(8, 8)], {}, "/step/MatMul");
    for (const output of [next, next]) body.output(output);
    const g = new GraphBuilder();
    const given = [g.input("start", [1, 8]), g.input("all", ["length", 1, 8])];
    const [, all] = g.nodes(2, "Scan", given, { body, num_scan_inputs: 1 });
    g.output(g.node("MatMul", [all!, g.weights(8, 4)], {}, "/head/MatMul"));
    const { layers } = readOnnx(g.bytes(), { dims: { length: 12 } }).workload;
    expect(layers.map(({ problem: { name, dims }, count }) => [name, dims["P"], count])).toEqual([
      ["step", 1, 12],
      ["head", 12, 1],
    ]);
  });
});

describe("Loop", () => {
  const loop = (trips: number, body: (g: GraphBuilder, state: string) => string) => {
    const inner = new GraphBuilder("body_");
    inner.input("i", [], INT64);
    const go = inner.input("go", [], 9);
    const next = body(inner, inner.input("state", [2, 8], FLOAT));
    for (const output of [go, next]) inner.output(output);
    const g = new GraphBuilder();
    const final = g.node("Loop", [g.integers(trips), "", g.input("x", [2, 8])], { body: inner });
    g.output(g.node("MatMul", [final, g.weights(8, 4)], {}, "/head/MatMul"));
    return readOnnx(g.bytes());
  };

  it("that never runs is no work", () => {
    const { layers } = loop(0, (g, state) => g.node("MatMul", [state, g.weights(8, 8)])).workload;
    expect(layers.map(({ problem }) => problem.name)).toEqual(["head"]);
  });

  it("that a condition ends has the largest number of runs: counted once, and said so", () => {
    const { workload, operators } = loop(Number.MAX_SAFE_INTEGER, (g, state) =>
      g.node("MatMul", [state, g.weights(8, 8)]),
    );
    expect(workload.layers.map(({ count }) => count)).toEqual([1, 1]);
    expect(operators.find(({ operator }) => operator === "Loop")!.reason).toMatch(/counted once/);
  });

  it("whose state grows says that all runs are counted as the first", () => {
    const { operators } = loop(3, (g, state) => g.node("Concat", [state, g.node("Relu", [state])], { axis: 0 }));
    expect(operators.find(({ operator }) => operator === "Loop")!.reason).toMatch(/changes its shape/);
  });
});
