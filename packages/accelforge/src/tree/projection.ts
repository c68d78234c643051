import { LoopnestError } from "@loopnest/mapspace";
import type { Access } from "./tree.js";

/** A rank of a tensor: the sum of coefficient x rank variable. */
export type RankTerms = readonly { readonly rank: string; readonly coefficient: number }[];

/** A tensor as one Einsum sees it. */
export interface Projection {
  readonly tensor: string;
  readonly terms: readonly RankTerms[];
  /** Every rank variable that the tensor depends on. */
  readonly relevant: ReadonlySet<string>;
  /** The rank variables among them that share a rank with another: a sliding window. */
  readonly windowed: ReadonlySet<string>;
}

/** Tile sizes of the rank variables at one place in a nest. */
export type Extents = ReadonlyMap<string, number>;

const TERM = /^(?:(\d+)\s*\*?\s*)?([A-Za-z_]\w*)$/;

/** @throws LoopnestError `input` for a rank that is no sum of rank variables. */
export function projectionOf(access: Access): Projection {
  const terms = access.proj.map((text) => rankTerms(text, access.tensor));
  const windows = terms.filter((rank) => rank.length > 1);
  const names = (ranks: readonly RankTerms[]) => new Set(ranks.flatMap((rank) => rank.map((term) => term.rank)));
  return { tensor: access.tensor, terms, relevant: names(terms), windowed: names(windows) };
}

function rankTerms(text: string, tensor: string): RankTerms {
  return text.split("+").map((part) => {
    const match = TERM.exec(part.trim());
    const coefficient = Number(match?.[1] ?? 1);
    if (match === null || coefficient < 1) {
      throw new LoopnestError({
        code: "input",
        path: "workload.einsums",
        problem: `${tensor} has the rank ${text}`,
        fix: "write a sum of rank variables, such as m, y+s or 2*y+s",
        got: text,
      });
    }
    return { rank: match[2]!, coefficient };
  });
}

/** Words of the box that a tile spans: the product over ranks of 1 + sum of coefficient x (extent - 1). */
export function footprint({ terms }: Projection, extents: Extents): number {
  return terms.reduce(
    (words, rank) =>
      words * rank.reduce((sum, { rank, coefficient }) => sum + coefficient * ((extents.get(rank) ?? 1) - 1), 1),
    1,
  );
}
