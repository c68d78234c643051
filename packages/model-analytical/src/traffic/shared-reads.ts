import type { ChildTable } from "../state/child-table.js";
import { neighbourServes, type Readers, readers, translationKey } from "./child-groups.js";

/** Words read for the children of one instance, step by step: once per group that no neighbour serves (R5, R6). */
export interface SharedReads {
  /**
   * Adds `weight` steps in which every child needs `words`, after its tile was moved by a translation (per rank).
   *
   * @param eligible Whether neighbours may hand over: the step's delta has the shape of the previous step's.
   */
  add(weight: number, words: number, eligible: boolean, translation: Float64Array): void;
  /** Words read, words that a child receives on average, and words taken over from neighbours, so far. */
  totals(): { read: number; received: number; handedOver: number };
}

/**
 * Starts counting.
 *
 * @param columns Columns and rows by which the children are numbered.
 */
export function sharedReads(children: ChildTable, { columns, rows }: { columns: number; rows: number }): SharedReads {
  const { count } = children;
  const everyone = readers(children, null);
  /** Readers of a step with a translation, which many steps share. */
  const known = new Map<number, Readers>();
  /** Words read, by receivers of a word and the number of groups with so many: one number, the receivers first. */
  const wordsRead = new Map<number, number>();
  let handedOver = 0;

  function readersAfter(translation: Float64Array): Readers {
    const key = translationKey(children, translation);
    if (Number.isNaN(key)) return everyone;
    let found = known.get(key);
    if (found === undefined) {
      const unserved = readers(children, neighbourServes(children, key, columns, rows));
      found = unserved.groups < everyone.groups ? unserved : everyone;
      known.set(key, found);
    }
    return found;
  }

  return {
    add(weight, words, eligible, translation) {
      if (weight === 0 || words === 0) return;
      const reading = eligible ? readersAfter(translation) : everyone;
      reading.sizes.forEach((m, k) => {
        const groups = reading.groupsOfSize[k]!;
        const kind = m * (count + 1) + groups;
        wordsRead.set(kind, (wordsRead.get(kind) ?? 0) + groups * words * weight);
      });
      handedOver += (count - reading.children) * words * weight;
    },
    totals() {
      let read = 0;
      let received = 0;
      // Summed as Timeloop does, term by term in doubles, ascending by receivers and groups: the floor of R7 sees the
      // rounding.
      for (const [kind, words] of [...wordsRead].sort(([a], [b]) => a - b)) {
        read += words;
        received += (words * Math.floor(kind / (count + 1))) / count;
      }
      return { read, received, handedOver };
    },
  };
}
