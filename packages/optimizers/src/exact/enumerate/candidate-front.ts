import type { CandidateEntry, CandidateLayout } from "./candidate-layout.js";

/** Mappings with their keys and traffics, one after the other, in the layout's form. */
export interface Candidates extends CandidateEntry {
  readonly count: number;
  /** Number of the split and number of its order, for every mapping. */
  readonly names: Float64Array;
}

/** Mappings none of which makes another needless. */
export interface CandidateFront extends Candidates {
  /** Takes a mapping unless one that makes it needless is there; drops those that are needless because of it. */
  add(entry: CandidateEntry, split: number, order: number): void;
}

/** An empty front of mappings in a layout, whose `noWorse` says what is needless. */
export function makeCandidateFront(layout: CandidateLayout): CandidateFront {
  const { keyLength, trafficLength, noWorse } = layout;
  let keys = new Float64Array(64 * keyLength);
  let traffics = new Float64Array(64 * trafficLength);
  let names = new Float64Array(64 * 2);
  let own: CandidateEntry = { keys, traffics };
  let count = 0;

  /** Copies mapping `from` over mapping `to`. */
  function copy(from: number, to: number): void {
    keys.copyWithin(to * keyLength, from * keyLength, (from + 1) * keyLength);
    traffics.copyWithin(to * trafficLength, from * trafficLength, (from + 1) * trafficLength);
    names.copyWithin(to * 2, from * 2, from * 2 + 2);
  }

  function exchange(list: Float64Array, width: number, i: number, j: number): void {
    for (let k = 0; k < width; k++) {
      const value = list[i * width + k]!;
      list[i * width + k] = list[j * width + k]!;
      list[j * width + k] = value;
    }
  }

  function grow(): void {
    keys = doubled(keys);
    traffics = doubled(traffics);
    names = doubled(names);
    own = { keys, traffics };
  }

  return {
    get count() {
      return count;
    },
    get keys() {
      return keys;
    },
    get traffics() {
      return traffics;
    },
    get names() {
      return names;
    },
    add(entry, split, order) {
      for (let i = 0; i < count; i++) {
        if (!noWorse(own, i, entry, 0)) continue;
        // What makes one mapping needless does so to many: let it come sooner next time.
        if (i > 0) {
          exchange(keys, keyLength, i, i >> 1);
          exchange(traffics, trafficLength, i, i >> 1);
          exchange(names, 2, i, i >> 1);
        }
        return;
      }
      for (let i = count - 1; i >= 0; i--) {
        if (noWorse(entry, 0, own, i)) copy(--count, i);
      }
      if ((count + 1) * keyLength > keys.length) grow();
      // New mappings enter in the middle.
      const at = count >> 1;
      copy(at, count++);
      for (let k = 0; k < keyLength; k++) keys[at * keyLength + k] = entry.keys[k]!;
      for (let k = 0; k < trafficLength; k++) traffics[at * trafficLength + k] = entry.traffics[k]!;
      names[at * 2] = split;
      names[at * 2 + 1] = order;
    },
  };
}

function doubled(list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(list.length * 2);
  larger.set(list);
  return larger;
}
