import { clonePoint, type Needs, type NestPoint } from "@loopnest/mapspace";

/** A mapping of a layer that was worth remembering: what it needs, and its cost where it was found. */
export interface Remembered {
  readonly point: NestPoint;
  /** Needs, all levels of words, then x, then y. */
  readonly needs: Float64Array;
  readonly cost: number;
}

/**
 * Good mappings of one layer for other hardware: each is better, in its cost or in one of its needs, than every other.
 * A new hardware starts from the best of those that fit it.
 */
export interface Archive {
  readonly entries: readonly Remembered[];
  /** Remembers a mapping unless another one is no worse in everything. */
  add(point: NestPoint, needs: Needs, cost: number): void;
}

/** @param capacity Mappings kept at most; the costliest is dropped first. */
export function makeArchive(capacity: number): Archive {
  const entries: Remembered[] = [];
  return {
    entries,
    add(point, needs, cost) {
      const flat = Float64Array.from([...needs.words, ...needs.x, ...needs.y]);
      if (entries.some((entry) => entry.cost <= cost && covers(flat, entry.needs))) return;
      for (let i = entries.length - 1; i >= 0; i--) {
        if (entries[i]!.cost >= cost && covers(entries[i]!.needs, flat)) entries.splice(i, 1);
      }
      entries.push({ point: clonePoint(point), needs: flat, cost });
      if (entries.length <= capacity) return;
      let worst = 0;
      entries.forEach((entry, i) => {
        if (entry.cost > entries[worst]!.cost) worst = i;
      });
      entries.splice(worst, 1);
    },
  };
}

/** Whether every entry of `large` is at least that of `small`. */
export function covers(large: Float64Array, small: Float64Array): boolean {
  for (let i = 0; i < small.length; i++) if (small[i]! > large[i]!) return false;
  return true;
}
