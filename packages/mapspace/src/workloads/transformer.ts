import { LoopnestError } from "../errors/loopnest-error.js";
import { positiveInteger } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import type { Edge, Layer } from "../workload/workload.js";

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

/**
 * What the layers of every block hand each other: the scores, through a softmax over the context, to the product with
 * the values; and, where one layer makes what another reads, the hidden activations of the feed-forward. What else
 * passes between layers is left out: it is cut into heads on the way, or equal layers stand for several readers of one
 * tensor.
 *
 * @param layers Of the network; only edges between two of them are given.
 * @param feedForward Names of the layers up and down, if the one up is a single layer.
 */
export function blockEdges(
  blocks: number,
  layers: readonly Layer[],
  feedForward: readonly [up: string, down: string, activation: string] | null,
): Edge[] {
  const scores: Edge = {
    from: "attention-scores",
    to: "attention-context",
    tensor: "Inputs",
    count: blocks,
    ranks: [
      ["G", "G"],
      ["P", "P"],
      ["K", "C"],
    ],
    through: ["Softmax"],
    whole: ["K"],
  };
  const hidden = feedForward && {
    ...{ from: feedForward[0], to: feedForward[1], tensor: "Inputs", count: blocks, through: [feedForward[2]] },
    ranks: [["P", "P"] as const, ["K", "C"] as const],
  };
  const names = layers.map(({ problem }) => problem.name);
  return [scores, ...(hidden === null ? [] : [hidden])].filter(
    ({ from, to }) => names.includes(from) && names.includes(to),
  );
}
