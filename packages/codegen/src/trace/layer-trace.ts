import type { Mapping, Problem } from "@loopnest/mapspace";
import { type Buffer, buffersOf } from "../nest/buffers.js";
import { loopsOf } from "../nest/loops.js";
import { residences } from "./residences.js";

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
  const loops = loopsOf(mapping, (name) => name);
  const cutShort: string[] = [];
  const traceEvents: TraceEvent[] = mapping.map(({ level }, l) => ({
    ...{ name: "process_name", ph: "M" as const, pid: l + 1, tid: 0 },
    args: { name: level },
  }));
  problem.tensors.forEach((tensor, t) => {
    const buffers = buffersOf(tensor, mapping, loops, (name) => name).filter((buffer) => buffer.holds);
    for (const buffer of buffers) {
      const track = { pid: buffer.level + 1, tid: t + 1 };
      traceEvents.push({ name: "thread_name", ph: "M", ...track, args: { name: tensor.name } });
      let events = 0;
      for (const { from, cycles, at, words } of residences(buffer, loops)) {
        if (events++ === mostEvents) {
          cutShort.push(`${buffer.levelName} ${tensor.name}`);
          break;
        }
        traceEvents.push({
          name: tensor.name,
          ph: "X",
          ...track,
          ts: from,
          dur: cycles,
          args: { words, ...place(buffer, at) },
        });
      }
    }
  });
  return { traceEvents, otherData: { layer: problem.name, cutShort } };
}

/** Where a tile lies: `[begin, end)` of every rank. */
function place({ tensor, extents }: Buffer, at: readonly number[]): Record<string, string> {
  const rankName = (r: number) =>
    tensor.ranks[r]!.map(([dim, coefficient]) => (coefficient === 1 ? dim : `${coefficient}*${dim}`)).join(" + ") ||
    "1";
  return Object.fromEntries(at.map((begin, r) => [rankName(r), `[${begin}, ${begin + extents[r]!})`]));
}
