import type { CostAccount, Machine, Needs, Traffic } from "@loopnest/mapspace";
import type { Extremes } from "./extreme-machines.js";
import type { HardwareSpace } from "./hardware-space.js";

/**
 * What is kept of a mapping so that its cost on any hardware follows: its key, compared between mappings, and its traffic.
 *
 * Key of a mapping, all of them "less is better":
 *
 *     energy of the MACs and of all levels that are the same on all hardware, pJ
 *     vector accesses, all instances, at every level of varying price whose rows are of one width
 *     cycles that all levels of constant bandwidth take, compute included
 *     words at every level of varying capacity
 *     per level of varying row width or bandwidth ("loose"): least and largest words accessed in whole rows over all row widths;
 *     words read, words written, both 0 if they limit the speed on no array that can run the mapping
 *
 * Traffic of a mapping: compute cycles, then per loose level instances in use and words of every kept tensor.
 */
export interface CandidateLayout {
  readonly space: HardwareSpace;
  /** Levels in the order of their entries in a key. */
  readonly accessLevels: readonly number[];
  readonly needLevels: readonly number[];
  readonly looseLevels: readonly number[];
  /** Entries before those of the loose levels, which take LOOSE_ENTRIES each. */
  readonly plainEntries: number;
  readonly keyLength: number;
  readonly trafficLength: number;
  /**
   * Writes key and traffic of the nest counted last.
   *
   * @param reference Any machine: what is the same on all is taken from it.
   * @param limits Of the machines that can run the nest.
   */
  write(
    needs: Needs,
    account: CostAccount,
    reference: Machine,
    limits: Extremes,
    key: Float64Array,
    traffic: Float64Array,
  ): void;
  /** The traffic of loose level number j, as `write` left it at `offset`; overwritten by the next call. */
  trafficOf(traffic: Float64Array, offset: number, j: number): Traffic;
}

/** Entries of a loose level in a key: least and largest words in whole rows, words read, words written. */
export const LOOSE_ENTRIES = 4;

/** @param kept Entry l: indices of the tensors that level l keeps. */
export function candidateLayout(space: HardwareSpace, kept: readonly (readonly number[])[]): CandidateLayout {
  const { levels } = space.compiled;
  const all = levels.map((_, l) => l);
  const varies = (l: number) => space.varies[l]!;
  const needLevels = all.filter((l) => varies(l).storage && levels[l]!.rows !== null);
  const accessLevels = all.filter((l) => varies(l).storage && !varies(l).block);
  const constantLevels = all.filter((l) => !varies(l).storage);
  const looseLevels = all.filter((l) => varies(l).block || varies(l).ports);
  const steadyPorts = all.filter((l) => !varies(l).ports);
  const plainEntries = needLevels.length + 1 + accessLevels.length + 1;
  const offsets: number[] = [];
  let trafficLength = 1;
  const tensorCount = 1 + Math.max(...kept.flat());
  const perCell = () => new Float64Array(tensorCount * levels.length);
  const out: Traffic = {
    levelCount: levels.length,
    reads: perCell(),
    updates: perCell(),
    fills: perCell(),
    usedInstances: new Float64Array(levels.length + 1),
    computeCycles: 0,
  };
  for (const l of looseLevels) {
    offsets.push(trafficLength);
    trafficLength += 1 + 3 * kept[l]!.length;
  }
  return {
    space,
    needLevels,
    accessLevels,
    looseLevels,
    plainEntries,
    keyLength: plainEntries + LOOSE_ENTRIES * looseLevels.length,
    trafficLength,
    write(needs, account, reference, { slowest, widest }, key, traffic) {
      const { levelCount, usedInstances, reads, updates, fills, computeCycles } = account.traffic;
      let k = 0;
      let energyPj = computeCycles * usedInstances[levelCount]! * reference.macEnergyPj[0]!;
      for (const l of constantLevels) {
        energyPj += account.vectorAccesses(account.traffic, reference, l) * reference.energyPerVectorAccessPj[l]!;
      }
      key[k++] = energyPj;
      for (const l of accessLevels) key[k++] = account.vectorAccesses(account.traffic, reference, l);
      let cycles = computeCycles;
      for (const l of steadyPorts) {
        const own = account.levelCycles(account.traffic, reference, l);
        if (own > cycles) cycles = own;
      }
      key[k++] = cycles;
      for (const l of needLevels) key[k++] = needs.words[l]!;
      traffic[0] = computeCycles;
      let at = 1;
      for (const l of looseLevels) {
        let read = 0;
        let written = 0;
        let kinds = 0;
        traffic[at++] = usedInstances[l]!;
        for (const t of kept[l]!) {
          const cell = t * levelCount + l;
          read += traffic[at++] = reads[cell]!;
          written += traffic[at++] = updates[cell]!;
          written += traffic[at++] = fills[cell]!;
          kinds += Number(reads[cell]! > 0) + Number(updates[cell]! > 0) + Number(fills[cell]! > 0);
        }
        const limits = varies(l).ports && account.levelCycles(account.traffic, slowest, l) > cycles;
        key[k++] = varies(l).block ? (read + written) * usedInstances[l]! : 0;
        // ceil(words / row) * row is less than words + row.
        key[k++] = varies(l).block ? (read + written + kinds * (widest[l]! - 1)) * usedInstances[l]! : 0;
        key[k++] = limits ? read : 0;
        key[k++] = limits ? written : 0;
      }
    },
    trafficOf(traffic, offset, j) {
      const l = looseLevels[j]!;
      let at = offset + offsets[j]!;
      out.computeCycles = traffic[offset]!;
      out.usedInstances[l] = traffic[at++]!;
      for (const t of kept[l]!) {
        const cell = t * out.levelCount + l;
        out.reads[cell] = traffic[at++]!;
        out.updates[cell] = traffic[at++]!;
        out.fills[cell] = traffic[at++]!;
      }
      return out;
    },
  };
}
