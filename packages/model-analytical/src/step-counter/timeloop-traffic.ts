import type { Counts } from "@loopnest/mapspace";
import type { Boundary, Move } from "./boundary.js";
import { type Delta, freshPoints } from "./fresh-points.js";

/** Columns and rows by which children find their neighbours. */
export interface Mesh {
  readonly columns: number;
  readonly rows: number;
}

/** Words that cross a boundary over the whole run, for one instance of the parent. */
export interface Traffic {
  /** Words read once for so many children each, of so many groups of children. */
  readonly reads: readonly SharedWords[];
  /** Words that children took from a neighbour instead. */
  readonly handedOver: number;
}

/** Words that groups of `receivers` children ask for, in the steps in which there are so many such groups. */
export interface SharedWords {
  readonly receivers: number;
  readonly groups: number;
  readonly words: number;
}

/**
 * Walks a boundary as Timeloop does and counts what crosses it (R3 to R6 of the golden vectors' rules).
 *
 * Of every loop iterations 0 and 1 are run, iteration 1 standing for all that remain. In a step a child asks for
 *
 * - its whole tile in the first step, and always if it is a MAC unit (R3);
 * - today (`timeloop-2025`) nothing if it has not moved, and then the distance that it last moved is still known;
 * - the points that its last tile did not hold, if the distance it has moved is that of the last step or the last one
 *   is unknown;
 * - otherwise its whole tile, after which the distance is unknown again (R4).
 *
 * Children that ask for the same points share one read (R5). A child whose points a neighbour asked for in the step
 * before takes them from there, provided that this leaves fewer groups to read for (R6).
 */
export function timeloopTraffic(boundary: Boundary, mesh: Mesh, counts: Counts): Traffic {
  const { children, childIsMac } = boundary;
  const fresh = freshPoints(boundary.tile);
  const reads = new Map<string, SharedWords>();
  let handedOver = 0;
  let position: number | undefined;
  let distance: number | undefined;
  let previous: Request = { shape: -1, at: [] };

  for (const step of representativeSteps(boundary.temporal)) {
    let asked: Delta = fresh.whole;
    if (position !== undefined && !childIsMac) {
      const moved = step.position - position;
      if (moved === 0 && counts === "timeloop-2025") {
        asked = fresh.after(0);
      } else if (distance === undefined || distance === moved) {
        asked = fresh.after(moved);
        distance = moved;
      } else {
        distance = undefined;
      }
    }
    position = step.position;
    const words = asked.points.length;
    const at = children.map((offset) => offset + step.position + (asked.points[0] ?? 0));
    const current: Request = { shape: asked.shape, at };
    if (words > 0) {
      const everyone = groupsOf(at, () => true);
      const unserved = groupsOf(at, (i) => !neighbourHas(current, previous, i, mesh));
      const readFor = unserved.size < everyone.size ? unserved : everyone;
      const sizes = [...readFor.values()];
      for (const receivers of new Set(sizes)) {
        const groups = sizes.filter((size) => size === receivers).length;
        const key = `${receivers} ${groups}`;
        const read = reads.get(key) ?? { receivers, groups, words: 0 };
        reads.set(key, { ...read, words: read.words + groups * words * step.weight });
      }
      const served = children.length - sizes.reduce((sum, size) => sum + size, 0);
      handedOver += served * words * step.weight;
    }
    previous = current;
  }
  const ascending = [...reads.values()].sort((a, b) => a.receivers - b.receivers || a.groups - b.groups);
  return { reads: ascending, handedOver };
}

/** What one step asks for: points of one shape, `at[i]` the first of them for child i. */
interface Request {
  readonly shape: number;
  readonly at: readonly number[];
}

/** Iterations 0 and 1 of every loop in order: where the tile lies, and how many real steps each one stands for. */
function* representativeSteps(loops: readonly Move[]): Generator<{ position: number; weight: number }> {
  const [outer, ...inner] = loops;
  if (outer === undefined) {
    yield { position: 0, weight: 1 };
    return;
  }
  for (const { position, weight } of representativeSteps(inner)) yield { position, weight };
  for (const { position, weight } of representativeSteps(inner)) {
    yield { position: outer.move + position, weight: weight * (outer.factor - 1) };
  }
}

/** Children that `take` part, counted by what they ask for. */
function groupsOf(at: readonly number[], take: (i: number) => boolean): Map<number, number> {
  const groups = new Map<number, number>();
  for (const [i, first] of at.entries()) if (take(i)) groups.set(first, (groups.get(first) ?? 0) + 1);
  return groups;
}

/**
 * Whether a neighbour of child i got in the step before what child i asks for now. Children are numbered by the
 * mapping's loops but found by the hardware's columns, as Timeloop does.
 */
function neighbourHas(current: Request, previous: Request, i: number, { columns, rows }: Mesh): boolean {
  if (current.shape !== previous.shape) return false;
  const column = i % columns;
  const neighbours: number[] = [];
  if (column > 0) neighbours.push(i - 1);
  if (column < columns - 1) neighbours.push(i + 1);
  if (rows > 1) neighbours.push(i - columns, i + columns);
  return neighbours.some((j) => previous.at[j] === current.at[i]);
}
