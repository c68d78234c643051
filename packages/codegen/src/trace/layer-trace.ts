import type { Mapping, Problem } from "@loopnest/mapspace";
import { type TileTrack, tileTracks } from "./tile-tracks.js";

/** One event of Chrome's trace format: a tile that stays in a buffer (`X`), or the name of a track (`M`). */
export interface TraceEvent {
  readonly name: string;
  readonly ph: "X" | "M";
  /** Process: the level, 1 the outermost. */
  readonly pid: number;
  /** Thread: the tensor, in the problem's order from 1. */
  readonly tid: number;
  /**
   * Start and duration, one microsecond a cycle; a cycle is one step of the innermost loop in time, bandwidths
   * unlimited.
   */
  readonly ts?: number;
  readonly dur?: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A trace that https://ui.perfetto.dev and chrome://tracing open. */
export interface LayerTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly otherData: {
    readonly layer: string;
    /** Tracks whose later tiles were left out. */
    readonly cutShort: readonly string[];
  };
}

/**
 * The tiles of a mapped layer as they move, step by step: one track for each level and tensor, one event for each tile
 * while it stays in the first instance of the level's buffers, with its place in the tensor and the words that came in
 * for it (real buffers: all overlap with the tile before is kept).
 *
 * @param mostEvents Events of one track; a longer track is cut short, and named.
 */
export function layerTrace(problem: Problem, mapping: Mapping, mostEvents = 10_000): LayerTrace {
  const cutShort: string[] = [];
  const traceEvents: TraceEvent[] = mapping.map(({ level }, l) => ({
    ...{ name: "process_name", ph: "M" as const, pid: l + 1, tid: 0 },
    args: { name: level },
  }));
  for (const own of tileTracks(problem, mapping)) {
    const { level, tensor, walk } = own;
    const track = { pid: level + 1, tid: 1 + problem.tensors.findIndex(({ name }) => name === tensor) };
    traceEvents.push({ name: "thread_name", ph: "M", ...track, args: { name: tensor } });
    let events = 0;
    for (let step = 0, next = 0; step < walk.steps; step = next) {
      if (events++ === mostEvents) {
        cutShort.push(`${mapping[level]!.level} ${tensor}`);
        break;
      }
      next = walk.nextMove(step);
      traceEvents.push({
        ...{ name: tensor, ph: "X", ...track },
        ...{ ts: step * walk.cyclesPerStep, dur: (next - step) * walk.cyclesPerStep },
        args: { words: walk.words(step), ...place(own, walk.tileAt(step)) },
      });
    }
  }
  return { traceEvents, otherData: { layer: problem.name, cutShort } };
}

/** Where a tile lies: `[begin, end)` of every rank. */
function place({ ranks, extents }: TileTrack, at: readonly number[]): Record<string, string> {
  return Object.fromEntries(ranks.map((rank, r) => [rank, `[${at[r]}, ${at[r]! + extents[r]!})`]));
}
