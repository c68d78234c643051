import { BOOL, GraphBuilder, INT64 } from "../model-builder.js";

let built: readonly Uint8Array[] | null = null;

/** Small valid models that hold all kinds of operators, each of some hundred bytes. */
export function smallModels(): readonly Uint8Array[] {
  built ??= [convolutions(), attention(), shapes(), controlFlow(), functions(), sequences(), signals(), choices()];
  return built;
}

function convolutions(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", [1, 4, 9, 9]);
  const c = g.node("Conv", [x, g.weights(6, 4, 3, 3)], { pads: [1, 1, 1, 1], strides: [2, 2], kernel_shape: [3, 3] });
  const up = g.node("ConvTranspose", [g.node("Relu", [c]), g.weights(6, 4, 2, 2)], { strides: [2, 2] });
  const pooled = g.node("MaxPool", [up], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 });
  const norm = g.node("BatchNormalization", [pooled, g.weights(4), g.weights(4), g.weights(4), g.weights(4)]);
  const sized = g.node("Resize", [norm, "", g.floats([1, 1, 2, 2])]);
  g.output(g.node("Gemm", [g.node("Flatten", [sized]), g.weights(4 * 10 * 10, 3)]));
  return g.bytes();
}

function attention(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", [2, 5, 8]);
  const y = g.node("com.microsoft.Attention", [x, g.weights(8, 24), g.weights(24)], { num_heads: 2 });
  const z = g.node("com.microsoft.MultiHeadAttention", [y, y, y], { num_heads: 4 });
  const e = g.node("Einsum", [z, g.weights(8, 3)], { equation: "bth,hk->btk" });
  const [l] = g.nodes(2, "LSTM", [e, g.weights(1, 16, 3), g.weights(1, 16, 4)], { hidden_size: 4 });
  const bits = g.node("com.microsoft.MatMulNBits", [l!, g.weights(6, 1, 2)], { K: 4, N: 6 });
  const m = [g.weights(2, 6, 4), "", g.weights(2, 4, 6)];
  g.output(
    g.node("com.microsoft.MoE", [g.node("Reshape", [bits, g.integers([-1, 6])]), g.weights(10, 2), ...m], { k: 1 }),
  );
  return g.bytes();
}

function shapes(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", [2, 3, 8]);
  const size = g.node("Gather", [g.node("Shape", [x]), g.integers([0])], { axis: 0 });
  const wanted = g.node("Concat", [size, g.integers([-1])], { axis: 0 });
  const flat = g.node("Reshape", [x, wanted]);
  const padded = g.node("Pad", [flat, g.integers([0, 1, 0, 1])]);
  const tiled = g.node("Tile", [padded, g.integers([2, 1])]);
  const cut = g.node("Slice", [tiled, g.integers([0]), g.integers([3]), g.integers([0]), g.integers([1])]);
  const [top] = g.nodes(2, "TopK", [cut, g.integers([4])], { axis: 1 });
  const spread = g.node("Expand", [g.node("Unsqueeze", [top!, g.integers([0])]), g.integers([2, 3, 4])]);
  const [a, b] = g.nodes(2, "Split", [spread, g.integers([1, 1])], { axis: 0 });
  const hot = g.node("OneHot", [
    g.node("Range", [g.integers(0), g.integers(4), g.integers(1)]),
    g.integers(4),
    g.floats([0, 1]),
  ]);
  g.output(g.node("MatMul", [g.node("Concat", [a!, b!], { axis: 1 }), hot]));
  return g.bytes();
}

function controlFlow(): Uint8Array {
  const body = new GraphBuilder("body_");
  body.input("i", [], INT64);
  const go = body.input("go", [], BOOL);
  const next = body.node("MatMul", [body.input("state", [4, 8]), body.weights(8, 8)]);
  for (const output of [go, next, next]) body.output(output);
  const step = new GraphBuilder("scan_");
  step.output(step.node("MatMul", [step.input("row", [1, 8]), step.weights(8, 4)]));
  const g = new GraphBuilder();
  const [, all] = g.nodes(2, "Loop", [g.integers(3), "", g.input("x", [4, 8])], { body });
  const scanned = g.node("Scan", [all!], { body: step, num_scan_inputs: 1, scan_input_axes: [0] });
  const branch = (prefix: string) => {
    const inner = new GraphBuilder(prefix);
    inner.output(inner.node("Relu", [scanned]));
    return inner;
  };
  g.output(g.node("If", [g.input("flag", [], BOOL)], { then_branch: branch("t_"), else_branch: branch("e_") }));
  return g.bytes();
}

function functions(): Uint8Array {
  const inner = new GraphBuilder("f_");
  inner.output(inner.node("MatMul", [inner.input("a", []), inner.input("w", [])]));
  const g = new GraphBuilder();
  g.define("Inner", inner);
  const x = g.node("own.Inner", [g.input("x", [3, 8]), g.weights(8, 8)]);
  g.output(g.node("com.microsoft.Whirl", [x]), [3, 8]);
  return g.bytes();
}

function sequences(): Uint8Array {
  const g = new GraphBuilder();
  const parts = g.node("SplitToSequence", [g.input("x", [4, 6, 8])], { axis: 1 });
  const one = g.node("SequenceAt", [parts, g.integers(2)]);
  const more = g.node("SequenceInsert", [parts, one]);
  const whole = g.node("ConcatFromSequence", [more], { axis: 1 });
  g.output(g.node("MatMul", [whole, g.weights(8, 2)]));
  return g.bytes();
}

function signals(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", [1, 64, 1]);
  const f = g.node("STFT", [x, g.integers(16), "", g.integers(32)], { onesided: 1 });
  const d = g.node("DFT", [f, "", g.integers(1)], { inverse: 1 });
  g.output(g.node("MatMul", [g.node("ReduceMean", [d, g.integers([1])]), g.weights(2, 3)]));
  return g.bytes(20);
}

function choices(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", [6, 6]);
  const found = g.node("Cast", [g.node("NonZero", [x])], { to: 1 });
  const own = g.node("Compress", [x, g.input("mask", [6], BOOL)], { axis: 0 });
  g.output(found);
  g.output(g.node("ConstantOfShape", [g.integers([3, 4])]));
  g.output(own);
  g.output(g.node("MatMul", [x, g.node("Where", [g.input("c", [6, 6], BOOL), x, g.floats(1)])]));
  return g.bytes();
}
