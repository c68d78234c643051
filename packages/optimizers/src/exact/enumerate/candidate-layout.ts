import type { CostAccount, LevelParts, Machine, Needs, Traffic } from "@loopnest/mapspace";
import type { Extremes } from "../space/extreme-machines.js";
import type { HardwareSpace } from "../space/hardware-space.js";

/**
 * What is kept of a mapping so that its cost on any hardware follows: its key, compared between mappings, and its
 * traffic.
 *
 * Key of a mapping, all of them "less is better":
 *
 *     energy of the MACs, of wires, and of all levels that are the same on all hardware, pJ
 *     static energy of the instances in use, pJ a cycle, if any level leaks
 *     vector accesses, all instances, at every level of varying price whose rows are of one width
 *     cycles that all levels of constant bandwidth take, compute included
 *     words at every level of varying capacity
 *     per level of varying row width or bandwidth ("loose"): least and largest words accessed in whole rows over all
 *     row widths, weighed by what their kind costs; words read, words written, both 0 if they limit the speed on no
 *     array that can run the mapping
 *
 * Traffic of a mapping: compute cycles, then per loose level instances in use and words of every kept tensor.
 *
 * Only this file knows where in them an entry stands.
 */
export interface CandidateLayout {
  readonly space: HardwareSpace;
  /** Levels of varying price whose rows are of one width, levels of varying capacity, and loose ones. */
  readonly accessLevels: readonly number[];
  readonly needLevels: readonly number[];
  readonly looseLevels: readonly number[];
  readonly keyLength: number;
  readonly trafficLength: number;
  /**
   * Writes key and traffic of the nest counted last.
   *
   * @param reference Any machine: what is the same on all is taken from it.
   * @param limits Of the machines that can run the nest.
   */
  write(needs: Needs, account: CostAccount, reference: Machine, limits: Extremes, entry: CandidateEntry): void;
  /** Reads mappings that `write` has written, one after the other. */
  reader(entries: CandidateEntry): CandidateReader;
  /**
   * Whether mapping i of a makes mapping j of b needless: on all hardware, it fits where that does and costs no more
   * energy and time. That holds if no plain entry of its key is larger, and at every loose level
   *
   * - its largest words in whole rows are no more than the other's least, and its reads and writes never limit the
   *   speed, or are fewer (were they equal, the cycles could still differ by their rounding); or
   * - the traffic of both is the same.
   */
  noWorse(a: CandidateEntry, i: number, b: CandidateEntry, j: number): boolean;
}

/** Keys and traffics of mappings, one after the other. */
export interface CandidateEntry {
  readonly keys: Float64Array;
  readonly traffics: Float64Array;
}

/** What is kept of mappings, by their numbers and the levels of the target. */
export interface CandidateReader {
  /** Energy of the MACs, of wires, and of all levels that are the same on all hardware, pJ. */
  steadyEnergyPj(mapping: number): number;
  /** Static energy of the instances in use, pJ a cycle: the same on all hardware. */
  leakPjPerCycle(mapping: number): number;
  /** Vector accesses, all instances, at one of the `accessLevels`. */
  accesses(mapping: number, l: number): number;
  /** Cycles of compute and of all levels whose bandwidth is the same on all hardware. */
  steadyCycles(mapping: number): number;
  /** Words held at one of the `needLevels`. */
  words(mapping: number, l: number): number;
  /**
   * Words accessed at one of the `looseLevels`, all instances: no fewer than are accessed in whole rows, whatever their
   * width.
   */
  leastWords(mapping: number, l: number): number;
  /** The traffic of one of the `looseLevels`; overwritten by the next call. */
  traffic(mapping: number, l: number): Traffic;
}

/** Entries of a loose level in a key. */
const LOOSE_ENTRIES = 4;

/**
 * @param kept Entry l: indices of the tensors that level l keeps.
 * @param parts What the levels cost whatever the sizes.
 */
export function makeCandidateLayout(
  space: HardwareSpace,
  kept: readonly (readonly number[])[],
  parts: readonly LevelParts[],
): CandidateLayout {
  const { levels } = space.compiled;
  const all = levels.map((_, l) => l);
  const varies = (l: number) => space.varies[l]!;
  const needLevels = all.filter((l) => varies(l).storage && levels[l]!.rows !== null);
  const accessLevels = all.filter((l) => varies(l).storage && !varies(l).block);
  const constantLevels = all.filter((l) => !varies(l).storage);
  const looseLevels = all.filter((l) => varies(l).block || varies(l).ports);
  const steadyPorts = all.filter((l) => !varies(l).ports);
  const firstAccess = parts.some(({ leakPjPerCycle }) => leakPjPerCycle > 0) ? 2 : 1;
  const cyclesAt = firstAccess + accessLevels.length;
  const firstLoose = cyclesAt + 1 + needLevels.length;
  const keyLength = firstLoose + LOOSE_ENTRIES * looseLevels.length;
  const accessAt = all.map((l) => firstAccess + accessLevels.indexOf(l));
  const needAt = all.map((l) => cyclesAt + 1 + needLevels.indexOf(l));
  const looseAt = all.map((l) => firstLoose + LOOSE_ENTRIES * looseLevels.indexOf(l));
  const trafficAt = all.map(() => 0);
  let trafficLength = 1;
  for (const l of looseLevels) {
    trafficAt[l] = trafficLength;
    trafficLength += 1 + 3 * kept[l]!.length;
  }
  const tensorCount = 1 + Math.max(...kept.flat());

  function sameTraffic(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
    for (let k = 0; k < trafficLength; k++) if (a[i * trafficLength + k] !== b[j * trafficLength + k]) return false;
    return true;
  }

  return {
    space,
    needLevels,
    accessLevels,
    looseLevels,
    keyLength,
    trafficLength,
    write(needs, account, reference, { slowest, widest }, { keys, traffics }) {
      const { levelCount, usedInstances, reads, updates, fills, computeCycles } = account.traffic;
      let k = 0;
      let energyPj = computeCycles * usedInstances[levelCount]! * reference.macEnergyPj[0]!;
      for (const l of constantLevels) {
        energyPj += account.vectorAccesses(account.traffic, reference, l) * reference.energyPerVectorAccessPj[l]!;
      }
      keys[k++] = energyPj + account.traffic.networkPj;
      if (firstAccess === 2) keys[k++] = account.leakPjPerCycle(account.traffic, reference);
      for (const l of accessLevels) keys[k++] = account.vectorAccesses(account.traffic, reference, l);
      let cycles = computeCycles;
      for (const l of steadyPorts) {
        const own = account.levelCycles(account.traffic, reference, l);
        if (own > cycles) cycles = own;
      }
      keys[k++] = cycles;
      for (const l of needLevels) keys[k++] = needs.words[l]!;
      traffics[0] = computeCycles;
      let at = 1;
      for (const l of looseLevels) {
        const { readWeight, updateWeight, fillWeight } = parts[l]!;
        let read = 0;
        let written = 0;
        /** Words, and kinds of access that there are, weighed by what they cost. */
        let weighed = 0;
        let kinds = 0;
        traffics[at++] = usedInstances[l]!;
        for (const t of kept[l]!) {
          const cell = t * levelCount + l;
          read += traffics[at++] = reads[cell]!;
          written += traffics[at++] = updates[cell]!;
          written += traffics[at++] = fills[cell]!;
          weighed += reads[cell]! * readWeight + updates[cell]! * updateWeight + fills[cell]! * fillWeight;
          kinds += Number(reads[cell]! > 0) * readWeight;
          kinds += Number(updates[cell]! > 0) * updateWeight + Number(fills[cell]! > 0) * fillWeight;
        }
        const charged = account.chargedInstances(account.traffic, reference, l);
        const limits = varies(l).ports && account.levelCycles(account.traffic, slowest, l) > cycles;
        keys[k++] = varies(l).block ? weighed * charged : 0;
        // ceil(words / row) * row is less than words + row: by one at least where words are whole.
        const spare = account.widths === null ? widest[l]! - 1 : widest[l]!;
        keys[k++] = varies(l).block ? (weighed + kinds * spare) * charged : 0;
        keys[k++] = limits ? read : 0;
        keys[k++] = limits ? written : 0;
      }
    },
    reader({ keys, traffics }) {
      const perCell = () => new Float64Array(tensorCount * levels.length);
      const out: Traffic = {
        levelCount: levels.length,
        reads: perCell(),
        updates: perCell(),
        fills: perCell(),
        usedInstances: new Float64Array(levels.length + 1),
        computeCycles: 0,
        networkPj: 0,
      };
      return {
        steadyEnergyPj: (mapping) => keys[mapping * keyLength]!,
        leakPjPerCycle: (mapping) => (firstAccess === 2 ? keys[mapping * keyLength + 1]! : 0),
        accesses: (mapping, l) => keys[mapping * keyLength + accessAt[l]!]!,
        steadyCycles: (mapping) => keys[mapping * keyLength + cyclesAt]!,
        words: (mapping, l) => keys[mapping * keyLength + needAt[l]!]!,
        leastWords: (mapping, l) => keys[mapping * keyLength + looseAt[l]!]!,
        traffic(mapping, l) {
          const from = mapping * trafficLength;
          let at = from + trafficAt[l]!;
          out.computeCycles = traffics[from]!;
          out.usedInstances[l] = traffics[at++]!;
          for (const t of kept[l]!) {
            const cell = t * out.levelCount + l;
            out.reads[cell] = traffics[at++]!;
            out.updates[cell] = traffics[at++]!;
            out.fills[cell] = traffics[at++]!;
          }
          return out;
        },
      };
    },
    noWorse(a, i, b, j) {
      const keysA = a.keys;
      const keysB = b.keys;
      const atA = i * keyLength;
      const atB = j * keyLength;
      for (let k = 0; k < firstLoose; k++) if (keysA[atA + k]! > keysB[atB + k]!) return false;
      for (let k = firstLoose; k < keyLength; k += LOOSE_ENTRIES) {
        const ka = atA + k;
        const kb = atB + k;
        const fewer =
          keysA[ka + 1]! <= keysB[kb]! &&
          (keysA[ka + 2] === 0 || keysA[ka + 2]! < keysB[kb + 2]!) &&
          (keysA[ka + 3] === 0 || keysA[ka + 3]! < keysB[kb + 3]!);
        if (!fewer && (keysA[ka] !== keysB[kb] || !sameTraffic(a.traffics, i, b.traffics, j))) return false;
      }
      return true;
    },
  };
}
