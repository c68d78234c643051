import type { Boundary } from "./boundary.js";
import { freshPoints } from "./fresh-points.js";

/** Words that cross a boundary over the whole run, for one instance of the parent. */
export interface PhysicalTraffic {
  /** Words that the parent sends: a word that several children ask for in one step counts once. */
  readonly sent: number;
  /** Words that the children receive, each counted by itself. */
  readonly received: number;
  /** Words sent that had been sent before. */
  readonly sentAgain: number;
  /**
   * Words that the children give up, when their tile moves on and at the end; one that several give up in a step counts
   * once.
   */
  readonly givenUp: number;
  /** Of these, words that are given up for the last time. */
  readonly finished: number;
}

/**
 * Walks every iteration of a boundary with real buffers: a child holds one tile, asks in every step for the points that
 * it does not hold, whatever way the tile has moved, and gives up those that it no longer needs. A MAC unit holds
 * nothing.
 */
export function physicalTraffic(boundary: Boundary): PhysicalTraffic {
  const { children, childIsMac, tile } = boundary;
  const fresh = freshPoints(tile);
  const seen = new Set<number>();
  let sent = 0;
  let received = 0;
  let sentAgain = 0;
  let givenUp = 0;
  const distinct = (points: readonly number[], position: number): Set<number> => {
    const union = new Set<number>();
    for (const child of children) for (const point of points) union.add(position + child + point);
    return union;
  };
  let last: number | undefined;
  for (const position of everyPosition(boundary)) {
    const asked = last === undefined || childIsMac ? fresh.whole : fresh.after(position - last);
    if (last !== undefined) {
      const left = childIsMac ? fresh.whole : fresh.after(last - position);
      givenUp += distinct(left.points, last).size;
    }
    const union = distinct(asked.points, position);
    for (const point of union) {
      if (seen.has(point)) sentAgain++;
      else seen.add(point);
    }
    sent += union.size;
    received += asked.points.length * children.length;
    last = position;
  }
  givenUp += distinct(tile, last!).size;
  // Every word sent is given up one day, and once for the last time.
  return { sent, received, sentAgain, givenUp, finished: seen.size };
}

/** Where the tile of child 0 lies, iteration by iteration. */
function* everyPosition({ temporal }: Boundary): Generator<number> {
  const index = temporal.map(() => 0);
  let position = 0;
  for (;;) {
    yield position;
    let j = temporal.length - 1;
    while (j >= 0 && index[j] === temporal[j]!.factor - 1) {
      position -= temporal[j]!.move * index[j]!;
      index[j] = 0;
      j--;
    }
    if (j < 0) return;
    index[j]!++;
    position += temporal[j]!.move;
  }
}
