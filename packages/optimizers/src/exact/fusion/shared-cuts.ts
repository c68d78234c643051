import { divisors, type Edge, type HeldTensor, heldTensor, type Problem } from "@loopnest/mapspace";
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

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
