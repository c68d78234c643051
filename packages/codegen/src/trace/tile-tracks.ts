import type { Mapping, Problem, Tensor } from "@loopnest/mapspace";
import { buffersOf } from "../nest/buffers.js";
import { loopsOf } from "../nest/loops.js";
import { type FillRules, type TileWalk, tileWalk } from "./tile-walk.js";

/** The tiles of a tensor at a level that keeps it, in the first instance of its buffers. */
export interface TileTrack {
  /** Index in the mapping, 0 the outermost. */
  readonly level: number;
  readonly tensor: string;
  /** Names of the tensor's ranks: `R + 2*P`. */
  readonly ranks: readonly string[];
  /** Words of a tile, rank by rank. */
  readonly extents: readonly number[];
  readonly walk: TileWalk;
}

/**
 * How the tiles of a mapped layer move: a track for each tensor and each level that keeps it, tensors in the problem's
 * order, levels from the outermost inwards.
 *
 * @param rules Which words come in for a tile: real buffers unless given.
 * @throws LoopnestError `unsupported` where the outermost level does not keep a tensor, or with more than 20 loops in
 * time around a buffer.
 */
export function tileTracks(problem: Problem, mapping: Mapping, rules: FillRules = "physical"): TileTrack[] {
  const loops = loopsOf(mapping, (name) => name);
  return problem.tensors.flatMap((tensor) =>
    buffersOf(tensor, mapping, loops, (name) => name)
      .filter(({ holds }) => holds)
      .map((buffer) => ({
        ...{ level: buffer.level, tensor: tensor.name, ranks: rankNames(tensor), extents: buffer.extents },
        walk: tileWalk(buffer, loops, rules),
      })),
  );
}

function rankNames({ ranks }: Tensor): string[] {
  return ranks.map(
    (rank) => rank.map(([dim, coefficient]) => (coefficient === 1 ? dim : `${coefficient}*${dim}`)).join(" + ") || "1",
  );
}
