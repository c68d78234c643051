import { GraphBuilder, INT64 } from "./model-builder.js";

const HIDDEN = 768;
const HEADS = 12;
const HEAD = HIDDEN / HEADS;

/**
 * One block of GPT-2 as a decoder with a cache is exported: keys and values of earlier tokens come in, are put in front
 * of the new ones, and go out again. Projections are `Gemm`s on flattened tokens (Hugging Face's `Conv1D`), the three
 * of attention one matrix.
 */
export function gpt2Block(): Uint8Array {
  const g = new GraphBuilder();
  const ids = g.input("input_ids", ["batch_size", "sequence_length"], INT64);
  const cache = (name: string) =>
    g.input(`past_key_values.0.${name}`, ["batch_size", HEADS, "past_sequence_length", HEAD]);
  const [pastKey, pastValue] = [cache("key"), cache("value")];
  const x = g.node("Gather", [g.weights(50257, HIDDEN), ids], {}, "/wte/Gather");
  const normal = g.node("LayerNormalization", [x, g.weights(HIDDEN), g.weights(HIDDEN)], { axis: -1 });
  const joint = linear(g, normal, HIDDEN, 3 * HIDDEN, "attn/c_attn");
  const parts = g.nodes(3, "Split", [joint, g.integers([HIDDEN, HIDDEN, HIDDEN])], { axis: 2 });
  const [query, newKey, newValue] = parts.map((part) => heads(g, part)) as [string, string, string];
  const key = g.node("Concat", [pastKey, newKey], { axis: -2 });
  const value = g.node("Concat", [pastValue, newValue], { axis: -2 });
  const turned = g.node("Transpose", [key], { perm: [0, 1, 3, 2] });
  const scores = g.node("Div", [g.node("MatMul", [query, turned], {}, "/h.0/attn/MatMul"), g.floats(8)]);
  const weights = g.node("Softmax", [scores], { axis: -1 });
  const context = g.node("MatMul", [weights, value], {}, "/h.0/attn/MatMul_1");
  const merged = like(g, g.node("Transpose", [context], { perm: [0, 2, 1, 3] }), [HIDDEN]);
  const attended = g.node("Add", [linear(g, merged, HIDDEN, HIDDEN, "attn/c_proj"), x]);
  const wide = g.node("Gelu", [linear(g, attended, HIDDEN, 4 * HIDDEN, "mlp/c_fc")]);
  g.output(g.node("Add", [linear(g, wide, 4 * HIDDEN, HIDDEN, "mlp/c_proj"), attended]));
  for (const output of [key, value]) g.output(output);
  return g.bytes(20);
}

/** The size of an axis as a list of one, taken from the value's shape. */
function size(g: GraphBuilder, x: string, axis: number): string {
  return g.node("Unsqueeze", [
    g.node("Gather", [g.node("Shape", [x]), g.integers(axis)], { axis: 0 }),
    g.integers([0]),
  ]);
}

/** `x.view(x.size(0), x.size(1), ...)`. */
function like(g: GraphBuilder, x: string, behind: readonly number[]): string {
  const sizes = [size(g, x, 0), size(g, x, 1), ...behind.map((own) => g.integers([own]))];
  return g.node("Reshape", [x, g.node("Concat", sizes, { axis: 0 })]);
}

function heads(g: GraphBuilder, x: string): string {
  return g.node("Transpose", [like(g, x, [HEADS, HEAD])], { perm: [0, 2, 1, 3] });
}

function linear(g: GraphBuilder, x: string, from: number, to: number, name: string): string {
  const flat = g.node("Reshape", [x, g.integers([-1, from])]);
  const y = g.node("Gemm", [flat, g.weights(from, to), g.weights(to)], {}, `/h.0/${name}/Gemm`);
  return g.node("Reshape", [y, g.node("Concat", [size(g, x, 0), size(g, x, 1), g.integers([to])], { axis: 0 })]);
}
