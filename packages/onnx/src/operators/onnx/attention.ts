import type { Rule } from "../../operation/rule.js";
import { attended, pastKeys } from "../kinds/attended.js";

/** ONNX's own `Attention` (from opset 23): heads in an axis of their own, or side by side in the last one. */
export const Attention: Rule = (operation) => {
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
