/** Points that one step asks for, relative to where the tile lies. */
export interface Delta {
  readonly points: readonly number[];
  /** Deltas of the same shape have the same number, wherever they lie; -1 for the empty one. */
  readonly shape: number;
}

/** Which points of a tile are new after it has moved. */
export interface FreshPoints {
  /** The whole tile. */
  readonly whole: Delta;
  /** Points of the moved tile that the tile before the move did not hold, relative to the moved tile. */
  after(move: number): Delta;
}

/** Compares a tile with itself, moved, point by point. */
export function freshPoints(tile: readonly number[]): FreshPoints {
  const held = new Set(tile);
  const shapes = new Map<string, number>();
  const known = new Map<number, Delta>();
  const delta = (points: readonly number[]): Delta => {
    if (points.length === 0) return { points, shape: -1 };
    const key = points.map((point) => point - points[0]!).join();
    if (!shapes.has(key)) shapes.set(key, shapes.size);
    return { points, shape: shapes.get(key)! };
  };
  return {
    whole: delta(tile),
    after(move) {
      let found = known.get(move);
      if (found === undefined) {
        found = delta(tile.filter((point) => !held.has(point + move)));
        known.set(move, found);
      }
      return found;
    },
  };
}
