import type { Problem } from "../problem/problem.js";
import { strideOf } from "./link-layers.js";
import type { Edge } from "./workload.js";

/** Extents of dimensions inside the loops that layers share; a dimension that is not named is whole. */
export type SharedTile = ReadonlyMap<string, number>;

/** What of a tensor that is handed over is held: elements, or the words that they take at the home. */
export interface HeldTensor {
  /** From when its producer begins with a tile until its consumer is done with it. */
  readonly words: number;
  /** Of these, what the consumer's next window needs again: held while other layers run as well. */
  readonly halo: number;
}

/**
 * The consumer reads windows, and its producer makes in every turn what these are further on: of every shared loop over
 * a window's rank a halo stays, in all that the loops inside of it run through, until they come back.
 *
 * @param order The consumer's dimensions of the shared loops, innermost first.
 */
export function heldTensor(
  edge: Edge,
  [producer, consumer]: readonly [Problem, Problem],
  [made, read]: readonly [SharedTile, SharedTile],
  order: readonly string[],
): HeldTensor {
  const { ranks } = consumer.tensors.find(({ name }) => name === edge.tensor)!;
  const extent = (rank: (typeof ranks)[number], tile: SharedTile | null) =>
    rank.reduce((sum, [dim, k]) => sum + k * ((tile?.get(dim) ?? consumer.dims[dim]!) - 1), 1);
  const cutBy = (rank: (typeof ranks)[number]) => order.find((dim) => rank.some(([own]) => own === dim));
  const uncut = ranks.reduce((n, rank) => (cutBy(rank) === undefined ? n * extent(rank, null) : n), 1);
  let [words, fresh, whole] = [1, 1, 1];
  for (const dim of order) {
    const rank = ranks.find((own) => cutBy(own) === dim)!;
    const next = strideOf(consumer, edge.tensor, dim) * read.get(dim)!;
    const halo = Math.max(0, extent(rank, read) - next);
    words = halo * whole + next * words;
    fresh *= next;
    whole *= extent(rank, null);
  }
  const output = producer.tensors.find(({ role }) => role === "output")!;
  const written = output.ranks.reduce(
    (n, rank) => n * rank.reduce((sum, [dim, k]) => sum + k * ((made.get(dim) ?? producer.dims[dim]!) - 1), 1),
    1,
  );
  return { words: Math.max(uncut * words, written), halo: uncut * (words - fresh) };
}
