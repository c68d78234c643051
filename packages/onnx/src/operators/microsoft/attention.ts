import type { Rule } from "../../operation/rule.js";
import { attended, pastKeys } from "../kinds/attended.js";
import { productLayer } from "../kinds/product.js";

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

export const Attention = projected(4);
export const QAttention = projected(8);
export const MultiHeadAttention = grouped(6);
export const DecoderMaskedMultiHeadAttention = grouped(5);
export const GroupQueryAttention = grouped(3);
