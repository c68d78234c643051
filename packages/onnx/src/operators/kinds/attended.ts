import type { Layer } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Value } from "../../values/value.js";
import { productLayer, productOutcome } from "./product.js";

/** Sizes of an attention. */
export interface Heads {
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
export function attended(
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
export function pastKeys(operation: Operation, index: number): number {
  const { shape } = operation.optional(index) ?? {};
  if (shape === undefined) return 0;
  return operation.knownShape(index).at(-2)!;
}
