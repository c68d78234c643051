import type { Layer } from "@loopnest/mapspace";
import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import type { Value } from "../graph/value.js";
import { productLayer, productOutcome } from "./products.js";

/** Sizes of an attention. */
interface Heads {
  readonly batch: number;
  /** Heads of queries; `sharedBy` of them use the same keys and values. */
  readonly heads: number;
  readonly sharedBy: number;
  readonly queries: number;
  /** With those of earlier steps. */
  readonly keys: number;
  readonly keySize: number;
  readonly valueSize: number;
}

/** Scores, their softmax, and the mean of the values by them. */
function attended(
  operation: Operation,
  sizes: Heads,
  outputs: readonly Value[],
  before: readonly (Layer | null)[] = [],
): Outcome {
  const { batch, heads, sharedBy, queries, keys, keySize, valueSize } = sizes;
  const stack = [batch * (heads / sharedBy)];
  // Queries of heads that share keys are rows of one matrix.
  const rows = queries * sharedBy;
  const scores = productLayer({
    name: `${operation.name}-scores`,
    left: { stack, rows, sum: keySize },
    right: { stack, sum: keySize, columns: keys },
  });
  const values = productLayer({
    name: `${operation.name}-values`,
    left: { stack, rows, sum: keys },
    right: { stack, sum: keys, columns: valueSize },
  });
  const words = batch * heads * queries * keys;
  const traffic = [{ kind: "attention softmax", wordsRead: words, wordsWritten: words, count: 1 }];
  return productOutcome(outputs, [...before, scores, values], { traffic });
}

/** Keys of earlier steps, if an input holds them along its last axis but one. */
function pastKeys(operation: Operation, index: number): number {
  const { shape } = operation.optional(index) ?? {};
  if (shape === undefined) return 0;
  return operation.knownShape(index).at(-2)!;
}

/** ONNX's own `Attention` (from opset 23): heads in an axis of their own, or side by side in the last one. */
const attention: Rule = (operation) => {
  const [query, key, value] = [0, 1, 2].map((i) => operation.knownShape(i)) as [number[], number[], number[]];
  const isSplit = query.length === 4;
  const heads = isSplit ? query[1]! : operation.int("q_num_heads", 0);
  const keyHeads = isSplit ? key[1]! : operation.int("kv_num_heads", 0);
  if (heads < 1 || keyHeads < 1) operation.fail("has no number of heads", "give q_num_heads and kv_num_heads");
  const past = pastKeys(operation, 4);
  const keySize = isSplit ? query[3]! : query[2]! / heads;
  const valueSize = isSplit ? value[3]! : value[2]! / keyHeads;
  const batch = query[0]!;
  const queries = query.at(-2)!;
  const keys = past + key.at(-2)!;
  const shape = isSplit ? [batch, heads, queries, valueSize] : [batch, queries, heads * valueSize];
  const shapes = [
    shape,
    [batch, keyHeads, keys, keySize],
    [batch, keyHeads, keys, valueSize],
    [batch, heads, queries, keys],
  ];
  const outputs = operation.node.outputs.map((_, i) => operation.output(shapes[i]!));
  return attended(operation, { batch, heads, sharedBy: heads / keyHeads, queries, keys, keySize, valueSize }, outputs);
};

/** `com.microsoft.Attention` and its quantised form: the projections of queries, keys and values belong to it. */
const projected =
  (pastAt: number): Rule =>
  (operation) => {
    const [batch, queries, features] = operation.knownShape(0, 3) as [number, number, number];
    const columns = operation.knownShape(1).at(-1)!;
    const sizes = operation.ints("qkv_hidden_sizes") ?? [columns / 3, columns / 3, columns / 3];
    const heads = operation.int("num_heads", 1);
    const keys = queries + pastKeys(operation, pastAt);
    const projection = productLayer({
      name: `${operation.name}-projection`,
      left: { stack: [batch], rows: queries, sum: features },
      right: { stack: [], sum: features, columns },
    });
    const [keySize, valueSize] = [sizes[1]! / heads, sizes[2]! / heads];
    const shapes = [
      [batch, queries, sizes[2]!],
      [2, batch, heads, keys, keySize],
    ];
    const outputs = operation.node.outputs.map((_, i) => operation.output(shapes[i] ?? null));
    return attended(operation, { batch, heads, sharedBy: 1, queries, keys, keySize, valueSize }, outputs, [projection]);
  };

/** `com.microsoft.MultiHeadAttention` and `GroupQueryAttention`: heads side by side in the last axis. */
const grouped =
  (pastAt: number): Rule =>
  (operation) => {
    const heads = operation.int("num_heads", 1);
    const keyHeads = operation.int("kv_num_heads", heads);
    const query = operation.knownShape(0);
    const [batch, queries] = query as [number, number];
    const isPacked = operation.optional(1) === null;
    // Packed: queries, keys and values side by side, or in an axis of three.
    const keySize = query.length === 5 ? query[4]! : query[2]! / (isPacked ? heads + 2 * keyHeads : heads);
    const given = isPacked ? [] : operation.knownShape(1);
    // Keys that were projected for another sequence come as [batch, heads, keys, size].
    const keys = pastKeys(operation, pastAt) + (isPacked ? queries : given.at(given.length === 4 ? 2 : 1)!);
    const value = operation.optional(2) === null ? null : operation.knownShape(2);
    const valueSize = value === null ? keySize : value.length === 4 ? value[3]! : value[2]! / keyHeads;
    const shapes = [
      [batch, queries, heads * valueSize],
      [batch, keyHeads, keys, keySize],
      [batch, keyHeads, keys, valueSize],
    ];
    const outputs = operation.node.outputs.map((_, i) => operation.output(shapes[i] ?? null));
    return attended(
      operation,
      { batch, heads, sharedBy: heads / keyHeads, queries, keys, keySize, valueSize },
      outputs,
    );
  };

export const attentionRules: ReadonlyMap<string, Rule> = new Map([
  ["Attention", attention],
  ["com.microsoft.Attention", projected(4)],
  ["com.microsoft.QAttention", projected(8)],
  ["com.microsoft.MultiHeadAttention", grouped(6)],
  ["com.microsoft.DecoderMaskedMultiHeadAttention", grouped(5)],
  ["com.microsoft.GroupQueryAttention", grouped(3)],
]);
