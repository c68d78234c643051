import type { LoopnestError } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { BOOL, GraphBuilder, INT64 } from "./model-builder.js";
import { resnet50 } from "./networks.js";

function fault(read: () => unknown) {
  try {
    read();
  } catch (error) {
    return (error as LoopnestError).data;
  }
  throw new Error("was accepted");
}

describe("sizes that the model leaves open", () => {
  it("have to be whole numbers and the model's own", () => {
    expect(() => readOnnx(resnet50(), { dims: { batch_size: -1 } })).toThrow(
      "dims: batch_size is -1; give a whole number",
    );
    expect(() => readOnnx(resnet50(), { dims: { batch_size: 0 } })).toThrow(
      "dims: with batch_size = 0 the model has nothing to multiply; give a number above 0",
    );
    expect(() => readOnnx(resnet50(), { dims: { batch_size: 1, batchsize: 2 } })).toThrow(
      "the model has no size batchsize; did you mean batch_size",
    );
    expect(() => readOnnx(resnet50(), { dims: { batch_size: 1, channels: 2 } })).toThrow(
      "the model has no size channels; its sizes without a number are batch_size",
    );
  });

  it("that are misspelt and so missing are asked for by both names", () => {
    const { fix } = fault(() => readOnnx(resnet50(), { dims: { batchsize: 2 } }));
    expect(fix).toMatch(/--dim batch_size=1 .*; did you mean batch_size by batchsize\?$/);
  });

  it("may be too small for a window", () => {
    const g = new GraphBuilder();
    const pooled = g.node("MaxPool", [g.input("x", [1, 4, "size", 8])], { kernel_shape: [3, 3] }, "/pool/MaxPool");
    g.output(g.node("Conv", [pooled, g.weights(4, 4, 1, 1)]));
    expect(() => readOnnx(g.bytes(), { dims: { size: 2 } })).toThrow(
      "pool.MaxPool: MaxPool: an input of 2 x 8 is smaller than the window of 3 x 3; give larger sizes for the inputs",
    );
  });

  it("of 0 leave a recurrent layer nothing to do", () => {
    const g = new GraphBuilder();
    g.output(
      g.node("LSTM", [g.input("x", ["steps", 1, 8]), g.weights(1, 16, 8), g.weights(1, 16, 4)], { hidden_size: 4 }),
    );
    const macs = (steps: number) => readOnnx(g.bytes(), { dims: { steps } }).operators[0]!.macs;
    expect(macs(3)).toBe(3 * 16 * (8 + 4));
    expect(() => macs(0)).toThrow("with steps = 0 the model has nothing to multiply");
  });

  it("without a name are called by input and axis", () => {
    const g = new GraphBuilder();
    g.output(g.node("MatMul", [g.input("x", [null, 8]), g.weights(8, 4)]));
    const { problem, fix } = fault(() => readOnnx(g.bytes()));
    expect(problem).toBe("the model leaves the size x[0] open");
    expect(fix).toMatch(/--dim 'x\[0\]=1'/);
    expect(readOnnx(g.bytes(), { dims: { "x[0]": 5 } }).workload.layers[0]!.problem.dims).toMatchObject({
      P: 5,
      C: 8,
      K: 4,
    });
  });

  it("that depend on the data are asked for where a layer needs them", () => {
    const g = new GraphBuilder();
    const boxes = g.node("NonMaxSuppression", [g.input("boxes", [1, 100, 4]), g.input("scores", [1, 80, 100])]);
    const picked = g.node("Gather", [
      g.weights(100, 16),
      g.node("Squeeze", [g.node("Slice", [boxes, g.integers([2]), g.integers([3]), g.integers([1])]), g.integers([1])]),
    ]);
    g.output(g.node("MatMul", [picked, g.weights(16, 4)], {}, "/head/MatMul"));
    const { code, path, problem, fix } = fault(() => readOnnx(g.bytes()));
    expect([code, path]).toEqual(["unsupported", "head"]);
    expect(problem).toMatch(
      /the shape of input 0 of this MatMul is not known: the size of NonMaxSuppression_1 .* depends on the data/,
    );
    expect(fix).toMatch(/--dim 'NonMaxSuppression_1\[0\]=100'/);
    const { workload } = readOnnx(g.bytes(), { dims: { "NonMaxSuppression_1[0]": 30 } });
    expect(workload.layers[0]!.problem.dims).toMatchObject({ P: 30, C: 16, K: 4 });
  });

  it("and nothing needs are named in the report", () => {
    const g = new GraphBuilder();
    const x = g.node("MatMul", [g.input("x", [8, 8]), g.weights(8, 8)]);
    g.output(g.node("Transpose", [g.node("NonZero", [x])]));
    const { operators } = readOnnx(g.bytes());
    expect(operators.map(({ operator, counting }) => [operator, counting])).toEqual([
      ["MatMul", "layers"],
      ["NonZero", "not counted"],
      ["Transpose", "not counted"],
    ]);
  });
});

describe("sizes that a model computes", () => {
  it("have to be whole numbers", () => {
    const g = new GraphBuilder();
    g.output(g.node("MatMul", [g.node("ConstantOfShape", [g.floats([2.5, 8])]), g.weights(8, 4)]));
    expect(() => readOnnx(g.bytes())).toThrow(/ConstantOfShape: a size of 2\.5 in input 0; export the model again/);
  });
});

describe("operators that loopnest does not know", () => {
  it("are counted as movement where the file declares their shapes, and named", () => {
    const g = new GraphBuilder();
    const x = g.node("MatMul", [g.input("x", [8, 8]), g.weights(8, 8)]);
    g.output(g.node("com.microsoft.Whirl", [x], {}, "/whirl/Whirl"), [8, 4]);
    const [, whirl] = readOnnx(g.bytes()).operators;
    expect(whirl).toEqual({
      ...{ operator: "com.microsoft.Whirl", counting: "data movement", isUnknown: true, count: 1, macs: 0 },
      ...{ wordsRead: 64, wordsWritten: 32, nodes: ["whirl.Whirl"] },
      reason: "loopnest does not know the operator com.microsoft.Whirl",
    });
  });

  it("are named by the error of a layer that needs their shapes", () => {
    const g = new GraphBuilder();
    const whirled = g.node("com.microsoft.Whirl", [g.input("x", [8, 8])]);
    g.output(g.node("MatMul", [g.node("Relu", [whirled]), g.weights(8, 8)], {}, "/fc/MatMul"));
    expect(() => readOnnx(g.bytes())).toThrow(
      new RegExp(
        "^fc: the shape of input 0 of this MatMul is not known: loopnest does not know the operator " +
          String.raw`com\.microsoft\.Whirl .*; infer the model's shapes before`,
      ),
    );
  });
});

describe("control flow", () => {
  const branches = () => {
    const [small, large] = [new GraphBuilder("then_"), new GraphBuilder("else_")];
    small.output(small.node("Relu", ["x"]));
    large.output(large.node("MatMul", ["x", large.weights(8, 8)], {}, "/inner/MatMul"));
    return { then_branch: small, else_branch: large };
  };

  it("takes the branch that the sizes decide", () => {
    const g = new GraphBuilder();
    const x = g.input("x", ["rows", 8]);
    const rows = g.node("Gather", [g.node("Shape", [x]), g.integers(0)]);
    const isOne = g.node("Equal", [rows, g.integers(1)]);
    g.output(g.node("MatMul", [g.node("If", [isOne], branches()), g.weights(8, 2)], {}, "/outer/MatMul"));
    const names = (rows: number) =>
      readOnnx(g.bytes(), { dims: { rows } }).workload.layers.map(({ problem }) => problem.name);
    expect(names(1)).toEqual(["outer"]);
    expect(names(2)).toEqual(["inner", "outer"]);
  });

  it("takes the branch that does more where the data decides, and says so", () => {
    const g = new GraphBuilder();
    g.input("x", [4, 8]);
    g.output(g.node("If", [g.input("flag", [], BOOL)], branches()));
    const { workload, operators } = readOnnx(g.bytes());
    expect(workload.layers).toHaveLength(1);
    expect(operators.find(({ operator }) => operator === "If")).toMatchObject({
      counting: "by its parts",
      reason: "the data decides: counted as the else branch, the one that does more",
    });
    // A single whole number may be given as a size is.
    expect(() => readOnnx(g.bytes(), { dims: { flag: 1 } })).toThrow("no convolution and no matrix product");
  });

  it("counts the body of a loop as often as it runs", () => {
    const loop = (trips: (g: GraphBuilder) => string) => {
      const body = new GraphBuilder("body_");
      body.input("i", [], INT64);
      const go = body.input("go", [], BOOL);
      const state = body.input("state", [4, 8]);
      const next = body.node("MatMul", [state, body.weights(8, 8)], {}, "/step/MatMul");
      for (const output of [go, next, next]) body.output(output);
      const g = new GraphBuilder();
      const [, all] = g.nodes(2, "Loop", [trips(g), "", g.input("x", [4, 8])], { body });
      g.output(g.node("Flatten", [all!], { axis: 1 }));
      return readOnnx(g.bytes());
    };
    const known = loop((g) => g.integers(10));
    expect(known.workload.layers.map(({ count }) => count)).toEqual([10]);
    const open = loop((g) =>
      g.node("Cast", [g.node("ReduceMax", [g.input("length", [3])], { keepdims: 0 })], { to: INT64 }),
    );
    expect(open.workload.layers.map(({ count }) => count)).toEqual([1]);
    expect(open.operators.find(({ operator }) => operator === "Loop")!.reason).toMatch(
      /how often it runs: counted once/,
    );
  });
});

describe("files", () => {
  it("that are no ONNX models are refused", () => {
    const text = new TextEncoder().encode("name: network\nlayers: []\n");
    expect(() => readOnnx(text)).toThrow(/^this is not an ONNX model: .*; give a whole \.onnx file$/);
    expect(() => readOnnx(new Uint8Array())).toThrow(/not an ONNX model/);
    expect(() => readOnnx(resnet50().slice(0, 4000))).toThrow(/not an ONNX model/);
  });

  it("without multiply-accumulates are refused", () => {
    const g = new GraphBuilder();
    g.output(g.node("Relu", [g.input("x", [8])]));
    expect(() => readOnnx(g.bytes())).toThrow("the model has no convolution and no matrix product");
  });
});
