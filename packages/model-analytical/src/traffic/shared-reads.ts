import type { ChildTable } from "../state/child-table.js";
import { neighbourServes, type Readers, readers, translationKey } from "./child-groups.js";
import { multicastHops } from "./multicast-hops.js";

/** Words read for as many receivers each, of as many groups. */
export interface ReadsOfKind {
  readonly receivers: number;
  readonly groups: number;
  readonly words: number;
  /** Hops of all these words together, where they are counted. */
  readonly hops: number;
}

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
  /** What was read so far by kind, ascending by receivers, then groups. */
  kinds(): ReadsOfKind[];
}

/**
 * Starts counting.
 *
 * @param columns Columns and rows by which the children are numbered.
 * @param countsHops Whether hops are counted, too.
 */
export function sharedReads(
  children: ChildTable,
  { columns, rows }: { columns: number; rows: number },
  countsHops = false,
): SharedReads {
  const { count } = children;
  const read = (served: ((i: number) => boolean) | null): ReadersOnMesh => ({
    ...readers(children, served),
    hopsOfSize: countsHops ? multicastHops(children, served, columns, rows) : null,
  });
  const everyone = read(null);
  /** Readers of a step with a translation, which many steps share. */
  const known = new Map<number, ReadersOnMesh>();
  /** Words read, by receivers of a word and the number of groups with so many: one number, the receivers first. */
  const wordsRead = new Map<number, number>();
  const hopsMade = new Map<number, number>();
  let handedOver = 0;

  function readersAfter(translation: Float64Array): ReadersOnMesh {
    const key = translationKey(children, translation);
    if (Number.isNaN(key)) return everyone;
    let found = known.get(key);
    if (found === undefined) {
      const unserved = read(neighbourServes(children, key, columns, rows));
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
        const added = groups * words * weight;
        wordsRead.set(kind, (wordsRead.get(kind) ?? 0) + added);
        const hops = reading.hopsOfSize?.get(m) ?? 0;
        hopsMade.set(kind, (hopsMade.get(kind) ?? 0) + hops * added);
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
    kinds: () =>
      [...wordsRead]
        .sort(([a], [b]) => a - b)
        .map(([kind, words]) => ({
          receivers: Math.floor(kind / (count + 1)),
          groups: kind % (count + 1),
          words,
          hops: hopsMade.get(kind)!,
        })),
  };
}

/** Readers with the hops that a word makes to a group of each size, on average; `null` where they are not counted. */
interface ReadersOnMesh extends Readers {
  readonly hopsOfSize: ReadonlyMap<number, number> | null;
}
