import {
  type CostAccount,
  emptyNeeds,
  finishedLevelWords,
  type LoopNest,
  type Machine,
  type Needs,
  type Traffic,
} from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { SearchTask } from "../../search/task.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { LeastCosts } from "../space/least-costs.js";
import type { CandidateEntry, CandidateLayout } from "./candidate-layout.js";
import { compulsoryWords } from "./compulsory-cost.js";
import { layerLayout } from "./layer-layout.js";
import { accountOf } from "./layer-splits.js";
import type { Splits } from "./splits.js";

/** Called now and then with the number of nests evaluated since the last call; says whether to go on. */
export type Pulse = (evaluations: number) => boolean | Promise<boolean>;

/** A mapping that is passed: overwritten by the next. */
export interface PassedMapping {
  readonly nest: LoopNest;
  readonly needs: Needs;
  readonly entry: CandidateEntry;
  /** Number of its split, and of its loop order. */
  split: number;
  order: number;
  /** What an execution costs at least, on whatever hardware. */
  latencyCycles: number;
  energyPj: number;
}

/** Steps between two pulses. */
const STRIDE = 256;

/** Whose mappings are gone through. */
export interface WalkedLayer {
  readonly space: HardwareSpace;
  readonly task: SearchTask;
  readonly layer: NetworkLayer;
  readonly all: Splits;
  readonly least: LeastCosts;
  /**
   * The machine for which mappings are counted; any will do if counts do not depend on it. With `null` they are not
   * counted: splits are visited with their bounds, which hold on any machine, in no particular loop order.
   */
  readonly counted: Machine | null;
}

/** What is done with them. */
export interface LayerVisitor {
  /** Whether a mapping may matter that costs no less than this. */
  wanted(latencyCycles: number, energyPj: number): boolean;
  /** Whether some hardware holds tiles and spatial loops; asked before orders are gone through. */
  fits(needs: Needs): boolean;
  visit(mapping: PassedMapping): void;
  readonly pulse: Pulse;
}

/**
 * Goes through the mappings of a layer, leaving out what is not wanted. What a mapping costs at least, on whatever
 * hardware, is compared three times: for all splits that unroll the same (their steps, the energy of MACs and of the
 * innermost levels, and every word that must pass the outermost level, follow from that); for a split, with the prices
 * of memories that hold its tiles; and for each loop order, counted. Groups come by rising product of their bounds.
 *
 * @returns false if the pulse said stop.
 */
export async function walkLayer(
  { space, task, layer, all, least, counted }: WalkedLayer,
  { wanted, fits, visit, pulse }: LayerVisitor,
): Promise<boolean> {
  const { model } = layer;
  const account = accountOf(task, layer);
  const layout = layerLayout(space, layer);
  const entry = { keys: new Float64Array(layout.keyLength), traffics: new Float64Array(layout.trafficLength) };
  const costs = leastEntryCost(space, account, layout, least, entry);
  const needs = emptyNeeds(space.compiled.levels.length);
  const nest = model.space.nest();
  const passed: PassedMapping = { nest, needs, entry, split: 0, order: 0, latencyCycles: 0, energyPj: 0 };
  const nothing = new Float64Array(needs.words.length);
  const outermost = compulsoryOf(account, layer, nest);
  let steps = 0;
  let evaluations = 0;
  /** Says whether to go on. */
  const step = (): boolean | Promise<boolean> => {
    if (steps++ % STRIDE !== 0) return true;
    const spent = evaluations;
    evaluations = 0;
    return pulse(spent);
  };
  const bound = () => {
    clear(account.traffic);
    account.countLeast?.(nest);
    outermost(account.traffic);
    layout.write(needs, account, least.reference, least.limits, entry);
  };

  const groups: { group: number; latency: number; energy: number }[] = [];
  for (let group = 0; group < all.groupCount; group++) {
    const go = step();
    if (!(go === true || (await go))) return false;
    all.enter(nest, group);
    model.needs(nest, needs);
    bound();
    costs.of(nothing, passed);
    const { latencyCycles: latency, energyPj: energy } = passed;
    if (wanted(latency, energy)) groups.push({ group, latency, energy });
  }
  groups.sort((a, b) => a.latency * a.energy - b.latency * b.energy || a.group - b.group);
  for (const { group, latency, energy } of groups) {
    if (!wanted(latency, energy)) continue;
    all.enter(nest, group);
    model.needs(nest, needs);
    bound();
    const bare = costs.keep();
    do {
      const go = step();
      if (!(go === true || (await go))) return false;
      model.needs(nest, needs);
      const priced = bare(needs.words);
      if (!wanted(latency, priced) || !fits(needs)) continue;
      passed.split = all.index();
      passed.order = 0;
      if (counted === null) {
        [passed.latencyCycles, passed.energyPj] = [latency, priced];
        visit(passed);
        continue;
      }
      account.forSufficientOrders(nest, () => {
        account.count(nest, counted);
        evaluations++;
        layout.write(needs, account, counted, least.limits, entry);
        costs.of(needs.words, passed);
        if (wanted(passed.latencyCycles, passed.energyPj)) visit(passed);
        passed.order++;
      });
    } while (all.next(nest));
  }
  await pulse(evaluations);
  return true;
}

function clear(traffic: Traffic): void {
  traffic.reads.fill(0);
  traffic.updates.fill(0);
  traffic.fills.fill(0);
  traffic.networkPj = 0;
}

/** Raises traffic at the outermost level to every word that the layer touches there. */
function compulsoryOf({ widths }: CostAccount, { model }: NetworkLayer, nest: LoopNest) {
  const { problem } = model.space;
  const words = problem.tensors.map((tensor, t) =>
    (nest.keeps[0]! >> t) & 1 ? finishedLevelWords(widths, t, 0, compulsoryWords(problem, tensor)) : 0,
  );
  return ({ levelCount, reads, updates }: Traffic) => {
    words.forEach((own, t) => {
      const counts = problem.tensors[t]!.role === "output" ? updates : reads;
      counts[t * levelCount] = Math.max(counts[t * levelCount]!, own);
    });
  };
}

/** What the mapping written to an entry costs at least, on whatever hardware. */
function leastEntryCost(
  space: HardwareSpace,
  account: CostAccount,
  layout: CandidateLayout,
  least: LeastCosts,
  entry: CandidateEntry,
) {
  const read = layout.reader(entry);
  const { accessLevels, looseLevels } = layout;
  const blocks = looseLevels.filter((l) => space.varies[l]!.block);
  const ports = looseLevels.filter((l) => space.varies[l]!.ports);
  const latencyOf = () => {
    let latency = read.steadyCycles(0);
    for (const l of ports) latency = Math.max(latency, account.levelCycles(read.traffic(0, l), least.fastest, l));
    return latency;
  };
  return {
    /** With tiles of so many words at every level. */
    of(words: Float64Array, out: PassedMapping): void {
      out.latencyCycles = latencyOf();
      let energy = read.steadyEnergyPj(0) + read.leakPjPerCycle(0) * out.latencyCycles;
      for (const l of accessLevels) energy += read.accesses(0, l) * least.price(l, words[l]!);
      for (const l of blocks) energy += read.leastWords(0, l) * least.price(l, words[l]!);
      out.energyPj = energy;
    },
    /** The energy of what is written now, with tiles of whatever words. */
    keep(): (words: Float64Array) => number {
      const steady = read.steadyEnergyPj(0) + read.leakPjPerCycle(0) * latencyOf();
      const accesses = accessLevels.map((l) => read.accesses(0, l));
      const words = blocks.map((l) => read.leastWords(0, l));
      return (needs) => {
        let energy = steady;
        for (let k = 0; k < accessLevels.length; k++)
          energy += accesses[k]! * least.price(accessLevels[k]!, needs[accessLevels[k]!]!);
        for (let k = 0; k < blocks.length; k++) energy += words[k]! * least.price(blocks[k]!, needs[blocks[k]!]!);
        return energy;
      };
    },
  };
}
