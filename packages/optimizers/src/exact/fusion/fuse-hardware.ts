import {
  type Cost,
  emptyMachine,
  hardwareSizes,
  LoopnestError,
  type Machine,
  type PerformanceModel,
  totalAreaUm2,
} from "@loopnest/mapspace";
import { makePace } from "../../run/pace.js";
import { runSearch } from "../../search/run-search.js";
import type { SearchTask } from "../../search/task.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import { makeMemoryTables } from "../costs/memory-table.js";
import { exact as exactEven } from "../exact.js";
import { type BoundQueue, makeBoundQueue } from "../proof/bound-queue.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import type { MostFanOut } from "../space/usable-units.js";
import type { Weights } from "../uneven/placement.js";
import { aloneCosts } from "./alone-costs.js";
import type { LayerOptimum } from "./chain-value.js";
import { edgeRefusals } from "./edge-refusals.js";
import { fuseFixed, homeOf } from "./fuse-fixed.js";
import type { FusedNetwork } from "./fused-network.js";
import type { FusionOptions } from "./fusion-options.js";
import { by } from "./known-optima.js";
import { makeNetworkFloor } from "./network-floor.js";
import { networkTotal } from "./network-total.js";
import { fusionCuts, networkValues } from "./network-values.js";

/** Arrays that are bounded one by one. */
const MOST_ARRAYS = 2000;
/** Differences smaller than this, relative to the value, are rounding. */
const ROUNDING = 1e-12;
/** Ratio of a memory's sizes from which on a box is small enough to be bounded by a search. */
const SMALL = 4;
/** How near that search comes to what it looks for. */
const NEAR = 0.005;

/** Machines of one array, from one with small memories to one with large ones: numbers of the memories' values. */
interface Box {
  readonly array: Float64Array;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Bound by what layers cost at least, each by itself. */
  readonly floor: number;
  /** Whether it was bounded by a search. */
  readonly searched: boolean;
}

/**
 * The best hardware of a target for a network whose layers may hand on what they make on chip, uneven mappings: branch
 * and bound over boxes of memories, array by array, the least bound first. No machine of a box is better than one that
 * has its smallest memories' prices and its largest ones' words. What that costs at least is bounded by what every
 * layer would cost with each tile at its best place, and, in boxes small enough, by a search as on given hardware. The
 * design to begin with is that for the best even mappings.
 *
 * @returns `null` if nothing that fits was found.
 */
export async function fuseHardware(task: SearchTask, options: FusionOptions): Promise<FusedNetwork | null> {
  const { gap = 0, longest = 3, signal, onProgress } = options;
  const { question, alone } = await aloneCosts(task, signal);
  const { network, space, least } = question;
  const { model, workload, objective } = network.task;
  const { maxAreaMm2 = Number.POSITIVE_INFINITY } = objective;
  if (space.arrays.length === 0 || space.arrays.length > MOST_ARRAYS) {
    throw new LoopnestError({
      ...{ code: "unsupported", path: "fixed", problem: `${space.arrayCount} arrays are too many to be fused on` },
      fix: "give some of the sizes that shape the array",
    });
  }
  const cuts = fusionCuts(network, edgeRefusals(workload.edges ?? []), homeOf(task), longest);
  const base = fixedMovement(space, network);
  const floor = makeNetworkFloor(network, cuts, base, alone, withFanOut(least.fastest, least.fanOut));
  const pace = makePace();
  const goOn = () => pace.breathe()?.then(() => signal?.aborted !== true) ?? signal?.aborted !== true;
  const queue: BoundQueue<Box> = makeBoundQueue();
  let best: FusedNetwork | null = null;
  let lowerBound = 0;
  const value = () => best?.fused.value ?? Number.POSITIVE_INFINITY;
  const cut = () => (value() / (1 + gap)) * (1 - ROUNDING);
  const tell = (bound: number) => {
    // What was left out is no less than that.
    lowerBound = Math.max(lowerBound, Math.min(bound, cut()));
    onProgress?.({ value: best?.fused.value ?? null, lowerBound, fused: true });
  };
  checkMemories(space, model);
  for (const array of space.arrays) {
    const all = { low: space.memories.map(() => 0), high: space.memories.map(({ values }) => values.length - 1) };
    await push({ array, ...all, floor: 0, searched: false }, 0);
    if (!(await goOn())) return null;
  }
  tell(queue.least);
  await searchOn(await evenHardware(task, signal), queue.least);
  while (queue.least < cut() && (await goOn())) {
    const bound = queue.least;
    const box = queue.pop()!;
    tell(bound);
    if (box.low.every((from, m) => from === box.high[m]!)) {
      await searchOn(sizesOf(box.array, box.high), bound);
      continue;
    }
    if (box.searched || !isSmall(space, box)) {
      for (const half of halves(space, box)) await push(half, bound);
      continue;
    }
    const own = await relaxed(box, bound);
    if (signal?.aborted) break;
    if (own >= cut()) continue;
    queue.push(Math.max(bound, own), { ...box, searched: true });
    // Where its largest machine promises to be better, so it may be.
    const top = machineOf(sizesOf(box.array, box.high));
    const dearer = (await floor.value(top, areaOf(top))) / box.floor;
    if (own * dearer < value() * (1 - NEAR)) await searchOn(sizesOf(box.array, box.high), queue.least);
  }
  if (best === null) return null;
  const found: FusedNetwork = best;
  if (signal?.aborted !== true) lowerBound = Math.max(lowerBound, Math.min(queue.least, cut()));
  const proved = lowerBound >= value() * (1 - 1e-11) ? value() : lowerBound;
  const fused = { ...found.fused, lowerBound: proved, gap: Math.max(0, value() / proved - 1) };
  const free = space.ranges.flatMap(({ name, values }) => (values.length > 1 ? [name] : []));
  return { ...found, fused, free, stopped: signal?.aborted === true };

  /** Fuses on given hardware. */
  async function searchOn(sizes: Float64Array | null, bound: number): Promise<void> {
    if (sizes === null || areaOf(machineOf(sizes)) > maxAreaMm2) return;
    const fixed = Object.fromEntries(model.target.sizes.map(({ name }, i) => [name, sizes[i]!]));
    const one = await fuseFixed({ ...task, fixed }, { longest, gap: gap / 4, ...(signal && { signal }) });
    if (one !== null && one.fused.value < value()) best = one;
    tell(bound);
  }

  async function push(box: Box, before: number): Promise<void> {
    const machine = relaxedMachine(box);
    const area = areaOf(machine);
    if (area > maxAreaMm2 * (1 + ROUNDING)) return;
    const own = await floor.value(machine, area);
    const bound = Math.max(before, own);
    if (bound < cut()) queue.push(bound, { ...box, floor: own });
  }

  /** What no machine of a box is below, by a search that ends where that is known nearly enough. */
  async function relaxed(box: Box, before: number): Promise<number> {
    const machine = relaxedMachine(box);
    const values = networkValues(network, cuts, machine, (i) => knownCosts(alone[i]!));
    let enough = false;
    const total = await networkTotal(task, values, cuts.fused, {
      ...{ gap: NEAR, areaMm2: areaOf(machine), goOn: () => !enough && goOn() },
      onNews(now) {
        enough = now.lowerBound >= cut();
        tell(before);
      },
    });
    return total.lowerBound;
  }

  /** The prices of the smallest memories with the words of the largest ones. */
  function relaxedMachine({ array, low, high }: Pick<Box, "array" | "low" | "high">): Machine {
    return { ...machineOf(sizesOf(array, low)), capacityWords: machineOf(sizesOf(array, high)).capacityWords };
  }

  function sizesOf(array: Float64Array, at: readonly number[]): Float64Array {
    const sizes = array.slice();
    space.memories.forEach(({ index, values }, m) => {
      sizes[index] = values[at[m]!]!;
    });
    return sizes;
  }

  function machineOf(sizes: Float64Array): Machine {
    const machine = emptyMachine(space.compiled.levels.length);
    model.machine(sizes, "exact", machine);
    return machine;
  }
}

/** The best of some costs, without mappings; `null` for none. */
function knownCosts(costs: readonly Cost[] | null): LayerOptimum | null {
  if (costs === null) return null;
  const cheapest = (weights: Weights) => costs.reduce((a, b) => (by(weights, b) < by(weights, a) ? b : a));
  return {
    least: (weights) => by(weights, cheapest(weights)),
    find: (weights) => ({ ...cheapest(weights), outermostWords: 0, mapping: [] }),
  };
}

/** The hardware that is best for even mappings, nearly. */
async function evenHardware(task: SearchTask, signal: AbortSignal | undefined): Promise<Float64Array | null> {
  const options = { seed: 1, samples: 1, gap: 0.02, firstSamples: 300 };
  const { best } = await runSearch(exactEven, task, options, signal && { signal });
  return best === null ? null : hardwareSizes(task.model.target, best.hardware);
}

/** @throws LoopnestError `unsupported` if a memory gets cheaper as it grows: the bounds rest on that. */
function checkMemories(space: HardwareSpace, model: PerformanceModel): void {
  const words = new Float64Array(space.memoryOf.length).fill(Number.POSITIVE_INFINITY);
  const tables = makeMemoryTables(space, model, words);
  space.arrays.forEach((_, a) => {
    for (const m of space.memories.keys()) tables(a, m);
  });
}

function areaOf(machine: Machine): number {
  return totalAreaUm2(machine) / 1e6;
}

function ratioOf({ memories }: HardwareSpace, { low, high }: Box, m: number): number {
  const { values } = memories[m]!;
  return values[high[m]!]! / values[low[m]!]!;
}

function isSmall(space: HardwareSpace, box: Box): boolean {
  return space.memories.every((_, m) => ratioOf(space, box, m) <= SMALL);
}

/** A machine with that many children of every instance. */
function withFanOut(machine: Machine, { x, y }: MostFanOut): Machine {
  const meshX = machine.meshX.slice().fill(1);
  const instances = machine.instances.slice().fill(1);
  x.forEach((columns, l) => {
    meshX[l + 1] = meshX[l]! * columns;
    instances[l + 1] = instances[l]! * columns * y[l]!;
  });
  return { ...machine, meshX, instances };
}

/** The two halves of a box, cut where the memory with the widest range is in the middle of it. */
function halves(space: HardwareSpace, box: Box): Box[] {
  const { memories } = space;
  const widest = memories.reduce((m, _, k) => (ratioOf(space, box, k) > ratioOf(space, box, m) ? k : m), 0);
  const { values } = memories[widest]!;
  const [from, to] = [box.low[widest]!, box.high[widest]!];
  const middle = Math.sqrt(values[from]! * values[to]!);
  let at = from;
  while (at + 1 < to && values[at + 1]! <= middle) at++;
  const replaced = (list: readonly number[], value: number) => list.map((own, m) => (m === widest ? value : own));
  return [
    { ...box, high: replaced(box.high, at), searched: false },
    { ...box, low: replaced(box.low, at + 1), searched: false },
  ];
}
