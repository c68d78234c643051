import { LoopnestError } from "../errors/loopnest-error.js";
import { positiveInteger } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import type { Layer } from "../workload/workload.js";

/** A matrix of weights that multiplies every token, and how many of this shape a block has. */
export type LinearRow = readonly [name: string, inputs: number, outputs: number, count: number];

/** Layers that multiply `rows` tokens by weights. */
export function linears(rows: number, table: readonly LinearRow[]): Layer[] {
  return table.map(([name, inputs, outputs, count]) => ({
    problem: matmul({ name, m: rows, k: inputs, n: outputs }),
    count,
  }));
}

/** Bounds of the attention of one block. */
export interface AttentionShape {
  /** Sequences at a time. */
  readonly batch: number;
  readonly heads: number;
  /**
   * Heads of keys and values, each shared by `heads / keyValueHeads` heads of queries; as many as `heads` unless given.
   */
  readonly keyValueHeads?: number;
  /** Words of a query, a key or a value of one head. */
  readonly headSize: number;
  /** Tokens of a sequence that ask ... */
  readonly queries: number;
  /** ... and tokens that they look at. */
  readonly context: number;
}

/**
 * The two batched products of attention, scores = queries x keys and context = scores x values: one group (G) for each
 * sequence and head of keys and values. Queries that share it are rows of one product, so that their keys and values
 * count as the same words. Every query meets the whole context: what a causal mask discards is computed and counted.
 */
export function attention(shape: AttentionShape): Layer[] {
  const { heads, keyValueHeads = heads, headSize, queries, context } = shape;
  const batch = shape.batch * keyValueHeads;
  const m = queries * (heads / keyValueHeads);
  return [
    { problem: matmul({ name: "attention-scores", batch, m, k: headSize, n: context }), count: 1 },
    { problem: matmul({ name: "attention-context", batch, m, k: context, n: headSize }), count: 1 },
  ];
}

/** The layers of `blocks` equal blocks. */
export function repeated(blocks: number, layers: readonly Layer[]): Layer[] {
  return layers.map(({ problem, count }) => ({ problem, count: count * blocks }));
}

/** @throws LoopnestError `input` unless `tokens` is a positive integer of at most the model's positions. */
export function checkPositions(model: string, field: string, tokens: number, positions: number): void {
  positiveInteger(model, field, tokens);
  if (tokens <= positions) return;
  throw new LoopnestError({
    code: "input",
    path: `${model}.${field}`,
    problem: `${field} is ${tokens}, and the model has ${positions} positions`,
    fix: `give at most ${positions}`,
    expected: `at most ${positions}`,
    got: tokens,
  });
}
