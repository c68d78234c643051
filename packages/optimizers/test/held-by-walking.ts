import type { Problem } from "@loopnest/mapspace";

/** A loop that layers share, as the reader of a tensor names it. */
export interface SharedLoop {
  readonly dim: string;
  readonly trips: number;
}

/**
 * The most words of a tensor that are held at a time, point by point: in every turn of the shared loops what its reader
 * takes is made, as far as it is not there, and let go of when no later turn takes it.
 *
 * @param loops Outermost first.
 * @returns Words while the reader runs, and between two turns.
 */
export function heldByWalking(reader: Problem, tensor: string, loops: readonly SharedLoop[]) {
  const { ranks } = reader.tensors.find(({ name }) => name === tensor)!;
  const turns = loops.reduce((n, { trips }) => n * trips, 1);
  const taken = Array.from({ length: turns }, (_, turn) => {
    const at = new Map<string, number>();
    let rest = turn;
    for (const { dim, trips } of [...loops].reverse()) {
      at.set(dim, rest % trips);
      rest = Math.floor(rest / trips);
    }
    const lists = ranks.map((rank) => {
      const points = new Set<number>([0]);
      for (const [dim, k] of rank) {
        const trips = loops.find((loop) => loop.dim === dim)?.trips ?? 1;
        const extent = reader.dims[dim]! / trips;
        const before = [...points];
        points.clear();
        for (const p of before) for (let i = 0; i < extent; i++) points.add(p + k * ((at.get(dim) ?? 0) * extent + i));
      }
      // What lies between two places is there too.
      const [first, last] = [Math.min(...points), Math.max(...points)];
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
    return lists.reduce<string[]>((all, list) => all.flatMap((p) => list.map((i) => `${p},${i}`)), [""]);
  });
  const lastTurn = new Map<string, number>();
  taken.forEach((points, turn) => {
    for (const point of points) lastTurn.set(point, turn);
  });
  const made = new Set<string>();
  let [words, halo] = [0, 0];
  taken.forEach((points, turn) => {
    for (const point of points) made.add(point);
    words = Math.max(words, made.size);
    for (const point of made) if (lastTurn.get(point)! <= turn) made.delete(point);
    halo = Math.max(halo, made.size);
  });
  return { words, halo };
}
