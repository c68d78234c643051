import { divisors, type Edge, type Problem, strideOf } from "@loopnest/mapspace";
import type { Tile } from "./held-layer.js";

/** A way to cut what the layers of a segment hand each other, and the order of the loops that they share. */
export interface SharedCut {
  /** One per layer. */
  readonly tiles: readonly Tile[];
  /** Dimensions of the shared loops as each layer names them, innermost first. */
  readonly orders: readonly (readonly string[])[];
  /** What each edge takes of the home. */
  readonly held: readonly HeldTensor[];
}

/** What of a tensor that is handed over is held: elements, or the words that they take at the home. */
export interface HeldTensor {
  /** From when its producer begins with a tile until its consumer is done with it. */
  readonly words: number;
  /** Of these, what the consumer's next window needs again: held while other layers run as well. */
  readonly halo: number;
}

/**
 * All cuts of a chain of layers: shared loops run over dimensions that are ranks of everything handed over, each with
 * the same trips in all layers.
 *
 * @param problems One more than edges: edge i leads from problem i to problem i + 1.
 */
export function sharedCuts(edges: readonly Edge[], problems: readonly Problem[]): SharedCut[] {
  const chosen = ranksOfAll(edges).reduce<{ rank: string[]; trips: number }[][]>(
    (all, rank) => {
      const trips = divisors(problems.at(-1)!.dims[rank.at(-1)!]!).filter((n) => n > 1);
      // A dimension that is not cut has no shared loop.
      return all.flatMap((own) => [own, ...trips.map((n) => [...own, { rank, trips: n }])]);
    },
    [[]],
  );
  return chosen.flatMap((own) => {
    const tiles = problems.map(
      ({ dims }, k) => new Map(own.map(({ rank, trips }) => [rank[k]!, dims[rank[k]!]! / trips])),
    );
    return permutations(own).map((order): SharedCut => {
      const orders = problems.map((_, k) => order.map(({ rank }) => rank[k]!));
      return {
        tiles,
        orders,
        held: edges.map((edge, k) => {
          const ends = [problems[k]!, problems[k + 1]!] as const;
          return heldTensor(edge, ends, [tiles[k]!, tiles[k + 1]!], orders[k + 1]!);
        }),
      };
    });
  });
}

/** Dimensions that run through all edges of a chain uncut by what lies between: their names, layer by layer. */
function ranksOfAll(edges: readonly Edge[]): string[][] {
  return edges.reduce<string[][]>((found, { ranks, whole = [] }, k) => {
    const free = ranks.filter(([from]) => !whole.includes(from));
    if (k === 0) return free.map(([from, to]) => [from, to]);
    return found.flatMap((own) => free.filter(([from]) => from === own.at(-1)).map(([, to]) => [...own, to]));
  }, []);
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
  [made, read]: readonly [Tile, Tile],
  order: readonly string[],
): HeldTensor {
  const { ranks } = consumer.tensors.find(({ name }) => name === edge.tensor)!;
  const extent = (rank: (typeof ranks)[number], tile: Tile | null) =>
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

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
