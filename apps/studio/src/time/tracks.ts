import { type FillRules, type TileTrack, tileTracks } from "@loopnest/codegen";
import { type Mapping, type Problem, tensorWords } from "@loopnest/mapspace";

/** The tiles of a tensor at a level, and what they are parts of. */
export interface Track extends TileTrack {
  /** Words of the whole tensor, and of every rank. */
  readonly tensorWords: number;
  readonly tensorExtents: readonly number[];
}

/** A tile while it stays. */
export interface TileStay {
  /** Cycle in which it comes, and the one in which the next one does. */
  readonly from: number;
  readonly until: number;
  /** Words that came in for it, and in all until then. */
  readonly words: number;
  readonly wordsSoFar: number;
  /** Where it begins, rank by rank. */
  readonly at: readonly number[];
}

/** All tracks of a mapped layer, outermost level first. */
export function tracksOf(problem: Problem, mapping: Mapping, rules: FillRules): Track[] {
  return tileTracks(problem, mapping, rules)
    .map((track) => {
      const { ranks } = problem.tensors.find(({ name }) => name === track.tensor)!;
      const tensorExtents = ranks.map((rank) =>
        rank.reduce((extent, [dim, coefficient]) => extent + coefficient * ((problem.dims[dim] ?? 1) - 1), 1),
      );
      const tensor = problem.tensors.find(({ name }) => name === track.tensor)!;
      return { ...track, tensorWords: tensorWords(problem, tensor), tensorExtents };
    })
    .sort((a, b) => a.level - b.level);
}

/** The tile that a track holds at a cycle. */
export function tileAt({ walk }: Track, cycle: number): TileStay {
  const came = walk.cameAt(Math.min(walk.steps - 1, Math.floor(cycle / walk.cyclesPerStep)));
  return {
    from: came * walk.cyclesPerStep,
    until: walk.nextMove(came) * walk.cyclesPerStep,
    words: walk.words(came),
    wordsSoFar: walk.wordsUntil(came),
    at: walk.tileAt(came),
  };
}
