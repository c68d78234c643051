import { type CandidateLayout, LOOSE_ENTRIES } from "./candidate-layout.js";

/** Mappings with their keys and traffics, one after the other, in the layout's form. */
export interface Candidates {
  readonly count: number;
  readonly keys: Float64Array;
  readonly traffics: Float64Array;
  /** Number of the split and number of its order, for every mapping. */
  readonly names: Float64Array;
}

/** Mappings none of which makes another needless. */
export interface CandidateFront extends Candidates {
  /** Takes a mapping unless one that makes it needless is there; drops those that are needless because of it. */
  add(key: Float64Array, traffic: Float64Array, split: number, order: number): void;
}

/**
 * An empty front.
 *
 * Mapping a makes mapping b needless if, on all hardware, a fits where b does and costs no more energy and time. That holds if no
 * plain entry of a's key is larger, and at every loose level
 *
 * - a's largest words in whole rows are no more than b's least, and a's reads and writes never limit the speed, or are fewer
 *   (were they equal, the cycles could still differ by their rounding); or
 * - the traffic of both is the same.
 */
export function candidateFront(layout: CandidateLayout): CandidateFront {
  const { plainEntries, keyLength, trafficLength, looseLevels } = layout;
  const looseCount = looseLevels.length;
  let keys = new Float64Array(64 * keyLength);
  let traffics = new Float64Array(64 * trafficLength);
  let names = new Float64Array(64 * 2);
  let count = 0;

  function noWorse(
    a: Float64Array,
    i: number,
    b: Float64Array,
    j: number,
    trafficA: Float64Array,
    trafficB: Float64Array,
  ): boolean {
    const atA = i * keyLength;
    const atB = j * keyLength;
    for (let k = 0; k < plainEntries; k++) if (a[atA + k]! > b[atB + k]!) return false;
    for (let n = 0; n < looseCount; n++) {
      const ka = atA + plainEntries + n * LOOSE_ENTRIES;
      const kb = atB + plainEntries + n * LOOSE_ENTRIES;
      const fewer =
        a[ka + 1]! <= b[kb]! &&
        (a[ka + 2] === 0 || a[ka + 2]! < b[kb + 2]!) &&
        (a[ka + 3] === 0 || a[ka + 3]! < b[kb + 3]!);
      if (!fewer && (a[ka] !== b[kb] || !sameTraffic(trafficA, i, trafficB, j))) return false;
    }
    return true;
  }

  function sameTraffic(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
    for (let k = 0; k < trafficLength; k++) if (a[i * trafficLength + k] !== b[j * trafficLength + k]) return false;
    return true;
  }

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
    add(key, traffic, split, order) {
      for (let i = 0; i < count; i++) {
        if (!noWorse(keys, i, key, 0, traffics, traffic)) continue;
        // What makes one mapping needless does so to many: let it come sooner next time.
        if (i > 0) {
          exchange(keys, keyLength, i, i >> 1);
          exchange(traffics, trafficLength, i, i >> 1);
          exchange(names, 2, i, i >> 1);
        }
        return;
      }
      for (let i = count - 1; i >= 0; i--) {
        if (noWorse(key, 0, keys, i, traffic, traffics)) copy(--count, i);
      }
      if ((count + 1) * keyLength > keys.length) {
        keys = grown(keys);
        traffics = grown(traffics);
        names = grown(names);
      }
      // New mappings enter in the middle.
      const at = count >> 1;
      copy(at, count++);
      for (let k = 0; k < keyLength; k++) keys[at * keyLength + k] = key[k]!;
      for (let k = 0; k < trafficLength; k++) traffics[at * trafficLength + k] = traffic[k]!;
      names[at * 2] = split;
      names[at * 2 + 1] = order;
    },
  };
}

function grown(list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(list.length * 2);
  larger.set(list);
  return larger;
}
