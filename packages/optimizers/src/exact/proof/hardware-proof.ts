import { LoopnestError } from "@loopnest/mapspace";
import { evaluateDesignOn, type Network } from "../../network/network.js";
import type { Design } from "../../search/task.js";
import { type Box, type BoxBound, makeBoxBounder } from "../bounds/box-bound.js";
import type { Goal } from "../bounds/goal.js";
import { type ArrayCosts, arrayCosts } from "../costs/array-costs.js";
import { type CostTable, pickRows } from "../costs/cost-table.js";
import { fixedMovement } from "../costs/fixed-movement.js";
import { groupCosts } from "../costs/group-costs.js";
import { type MemoryTables, makeMemoryTables } from "../costs/memory-table.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type BoundQueue, makeBoundQueue } from "./bound-queue.js";

/** Differences smaller than this, relative to the value, are rounding. */
const ROUNDING = 1e-12;

/** The value below which a design is better than one of some value by more than a gap; none is better than nothing. */
export function cutBelow(value: number | null, gap: number): number {
  return value === null ? Number.POSITIVE_INFINITY : (value / (1 + gap)) * (1 - ROUNDING);
}

/** Branch and bound over all hardware. */
export interface HardwareProof {
  /** The best design found. */
  readonly best: Design | null;
  /** No design of the pools given has a smaller value. Never falls. */
  readonly lowerBound: number;
  /** Takes some arrays into the proof, with the mappings (per layer) that run on them. */
  add(arrays: readonly number[], pools: readonly MappingPool[]): void;
  /** Takes one step; false if there is none left: nothing better than `best` by more than the gap exists. */
  step(): boolean;
}

/** What may still hold a better design: several arrays, or a box of memories on one array. */
type Node =
  | { readonly arrays: readonly number[]; readonly source: Source; readonly mappings: readonly Int32Array[] }
  | { readonly box: Box & { readonly table: ArrayCosts }; readonly bound: BoxBound; readonly source: Source };

interface Source {
  readonly pools: readonly MappingPool[];
  readonly tables: MemoryTables;
}

/**
 * Branch and bound, always at the node of least bound. Arrays are bounded in groups, which are halved; a single array
 * is a box of memories, which is split where the choice that attains its bound regrets most that memories are shared.
 *
 * @param gap Designs better than the best by this fraction or less need not be found.
 * @param first A design to begin with, if there is one.
 * @param onBest Called with every design that is better than all before.
 */
export function makeHardwareProof(
  space: HardwareSpace,
  network: Network,
  goal: Goal,
  gap: number,
  first: Design | null,
  onBest: (design: Design) => void,
): HardwareProof {
  const { model } = network.task;
  const bounder = makeBoxBounder(network.layers.length, goal, fixedMovement(space, network));
  const queue: BoundQueue<Node> = makeBoundQueue();
  let best = first;
  let proven = 0;
  const cut = () => cutBelow(best?.value ?? null, gap);

  return {
    get best() {
      return best;
    },
    get lowerBound() {
      const value = best?.value ?? Number.POSITIVE_INFINITY;
      // Nothing left below the cut means that nothing is better by more than the gap: the value itself is the bound
      // without a gap.
      proven = Math.max(proven, queue.least < cut() ? queue.least : value / (1 + gap));
      return proven;
    },
    add(arrays, pools) {
      const source = { pools, tables: makeMemoryTables(space, model, mostWords(space, pools)) };
      const all = pools.map(({ count }) => Int32Array.from({ length: count }, (_, i) => i));
      // A good design makes all that follows cheaper: get one from a single array.
      boundArrays(arrays.slice(-1), source, all);
      if (arrays.length > 1) boundArrays(arrays.slice(0, -1), source, all);
    },
    step() {
      if (queue.least >= cut()) return false;
      const node = queue.pop();
      if (node === undefined) return false;
      if ("arrays" in node) splitArrays(node.arrays, node.source, node.mappings);
      else splitBox(node.box, node.bound, node.source);
      return true;
    },
  };

  function splitArrays(arrays: readonly number[], source: Source, mappings: readonly Int32Array[]): void {
    const half = arrays.length >> 1;
    boundArrays(arrays.slice(half), source, mappings);
    boundArrays(arrays.slice(0, half), source, mappings);
  }

  function boundArrays(arrays: readonly number[], source: Source, mappings: readonly Int32Array[]): void {
    const { pools, tables } = source;
    if (arrays.length === 1) {
      const table = arrayCosts(space, model, tables, arrays[0]!, pools, mappings);
      if (table !== null) boundArray(table, source);
      return;
    }
    const table = groupCosts(space, model, tables, arrays, pools, mappings);
    const bound = table && bounder(wholeBox(table), cut());
    if (bound === null) return;
    const promising = bound.rows.map((rows, i) => rows.map((row) => table!.layers[i]!.mapping[row]!));
    queue.push(bound.value, { arrays, source, mappings: promising });
  }

  function boundArray(table: ArrayCosts, source: Source): void {
    let whole: Box & { readonly table: ArrayCosts } = { ...wholeBox(table), table };
    const bound = bounder(whole, cut());
    if (bound === null) return;
    settle(whole, bound, source);
    const compact = { ...table, ...pickRows(table, bound.rows) };
    whole = { ...wholeBox(compact), table: compact };
    boundBox(whole, source);
  }

  /**
   * Offers the choice of a bound, and then whatever is best on the hardware that it needs, until that stays the same.
   */
  function settle(box: Box & { readonly table: ArrayCosts }, bound: BoxBound, source: Source): void {
    let found: BoxBound | null = bound;
    while (found !== null && offer(box, found, source)) {
      const { needs, rows } = found;
      found = bounder({ ...box, low: needs, high: needs, rows }, cut());
    }
  }

  function splitBox(box: Box & { readonly table: ArrayCosts }, bound: BoxBound, source: Source): void {
    const { regret, needs, fraction } = bound;
    let memory = -1;
    for (let m = 0; m < regret.length; m++)
      if (regret[m]! > 0 && (memory < 0 || regret[m]! > regret[memory]!)) memory = m;
    if (fraction !== null && memory < 0) {
      const { latency } = box.table.layers[fraction.layer]!;
      const swap = (rows: Int32Array) => bound.rows.map((own, i) => (i === fraction.layer ? rows : own));
      const own = bound.rows[fraction.layer]!;
      boundBox({ ...box, rows: swap(own.filter((row) => latency[row]! <= fraction.latency)) }, source);
      boundBox({ ...box, rows: swap(own.filter((row) => latency[row]! > fraction.latency)) }, source);
      return;
    }
    if (memory < 0) return;
    const at = (box.low[memory]! + needs[memory]! + 1) >> 1;
    const { rows } = bound;
    boundBox({ ...box, low: replaced(box.low, memory, at), rows }, source);
    boundBox({ ...box, high: replaced(box.high, memory, at - 1), rows }, source);
  }

  function boundBox(box: Box & { readonly table: ArrayCosts }, source: Source): void {
    const bound = bounder(box, cut());
    if (bound === null) return;
    offer(box, bound, source);
    if (bound.value < cut()) queue.push(bound.value, { box, bound, source });
  }

  /** Takes a bound's choice, on the hardware that it needs, for the best design if it is; says whether. */
  function offer({ table }: Box & { readonly table: ArrayCosts }, bound: BoxBound, { pools }: Source): boolean {
    const { choice, needs, energyPj, latencyCycles, areaUm2 } = bound;
    const value = goal.value(energyPj, latencyCycles, areaUm2);
    if (best !== null && value >= best.value * (1 - ROUNDING)) return false;
    const sizes = table.array.slice();
    space.memories.forEach(({ index }, m) => {
      sizes[index] = table.sizes[m]![needs[m]!]!;
    });
    const nests = pools.map((pool, i) => pool.nest(table.layers[i]!.mapping[choice[i]!]!));
    const design = evaluateDesignOn(network, nests, sizes);
    if (design === null) return false;
    if (Math.abs(design.value / value - 1) > 1e-9) throw contradiction(model.name, value, design.value);
    best = design;
    onBest(design);
    return true;
  }
}

function wholeBox<Table extends CostTable>(table: Table): Box {
  return {
    table,
    low: new Int32Array(table.areas.length),
    high: Int32Array.from(table.areas, (areas) => areas.length - 1),
    rows: table.layers.map(({ count }) => Int32Array.from({ length: count }, (_, row) => row)),
  };
}

function replaced(values: Int32Array, m: number, value: number): Int32Array {
  const copy = values.slice();
  copy[m] = value;
  return copy;
}

/** Per level, the most words that any mapping needs. */
function mostWords(space: HardwareSpace, pools: readonly MappingPool[]): Float64Array {
  const most = new Float64Array(space.memoryOf.length);
  for (const { layout, count, read } of pools) {
    for (const l of layout.needLevels) {
      for (let c = 0; c < count; c++) most[l] = Math.max(most[l]!, read.words(c, l));
    }
  }
  return most;
}

function contradiction(model: string, expected: number, got: number): LoopnestError {
  return new LoopnestError({
    code: "unsupported",
    path: "model",
    problem: `${model} evaluates a design to ${got}, but by its account of costs it is ${expected}`,
    fix: "correct the account of the model's layers",
    expected,
    got,
  });
}
