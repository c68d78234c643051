import { layerTrace } from "@loopnest/codegen";
import { type Mapping, type Problem, tensorWords } from "@loopnest/mapspace";

/** A tile while it stays in the first instance of a buffer. */
export interface TileStay {
  /** Cycle in which it comes, and cycles for which it stays, bandwidths unlimited. */
  readonly from: number;
  readonly cycles: number;
  /** Words that came in for it: those that the tile before did not hold. */
  readonly words: number;
  /** `[begin, end)` of every rank, by the rank's name. */
  readonly place: readonly (readonly [rank: string, begin: number, end: number])[];
}

/** The tiles of a tensor at a level, one after the other. */
export interface Track {
  readonly level: number;
  readonly tensor: string;
  /** Words of the whole tensor, and of every rank. */
  readonly tensorWords: number;
  readonly extents: readonly number[];
  readonly tiles: readonly TileStay[];
  /** Whether later tiles were left out. */
  readonly cutShort: boolean;
}

/** All tracks of a mapped layer, outermost level first: real buffers, which keep all overlap with the tile before. */
export function tracksOf(problem: Problem, mapping: Mapping, mostTiles: number): Track[] {
  const { traceEvents, otherData } = layerTrace(problem, mapping, mostTiles);
  const tracks = traceEvents.filter(({ name }) => name === "thread_name");
  return tracks
    .map(({ pid, tid }): Track => {
      const tensor = problem.tensors[tid - 1]!;
      const own = traceEvents.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid);
      return {
        level: pid - 1,
        tensor: tensor.name,
        tensorWords: tensorWords(problem, tensor),
        extents: tensor.ranks.map((rank) =>
          rank.reduce((extent, [dim, coefficient]) => extent + coefficient * ((problem.dims[dim] ?? 1) - 1), 1),
        ),
        tiles: own.map(({ ts, dur, args: { words, ...place } }) => ({
          ...{ from: ts!, cycles: dur!, words: words as number },
          place: Object.entries(place).map(([rank, range]) => {
            const [, begin, end] = /^\[(\d+), (\d+)\)$/.exec(String(range))!;
            return [rank, Number(begin), Number(end)] as const;
          }),
        })),
        cutShort: otherData.cutShort.includes(`${mapping[pid - 1]!.level} ${tensor.name}`),
      };
    })
    .sort((a, b) => a.level - b.level);
}

/**
 * Cycles in which some tile comes, ascending; up to the first at which a track is cut short, since nothing is known
 * after it.
 */
export function arrivals(tracks: readonly Track[]): number[] {
  const known = Math.min(
    ...tracks.filter(({ cutShort }) => cutShort).map(({ tiles }) => tiles.at(-1)!.from),
    Number.POSITIVE_INFINITY,
  );
  const times = new Set(tracks.flatMap(({ tiles }) => tiles.map(({ from }) => from)));
  return [...times].filter((time) => time <= known).sort((a, b) => a - b);
}

/** The tile that a track holds at a cycle: its index. */
export function tileAt({ tiles }: Track, cycle: number): number {
  let [low, high] = [0, tiles.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tiles[middle]!.from <= cycle) low = middle;
    else high = middle - 1;
  }
  return low;
}
