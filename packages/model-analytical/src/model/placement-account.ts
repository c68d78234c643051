import {
  finishedLevelWords,
  type LevelParts,
  type LoopNest,
  levelWords,
  type Machine,
  type Mapspace,
  type PlacementAccount,
} from "@loopnest/mapspace";
import { rowsOf } from "../cost/energy.js";
import { walkExtents } from "../state/extents.js";
import type { NestState } from "../state/nest-state.js";
import { filledWords, readWords } from "../traffic/accesses.js";
import { meshDependent } from "../traffic/mesh-dependence.js";
import { countPartitions } from "../traffic/partition.js";
import { mappingCost } from "./mapping-cost.js";

/** The closed form by store nodes: see `PlacementAccount`. It shares its state with the layer's model. */
export function placementAccount(space: Mapspace, state: NestState, parts: readonly LevelParts[]): PlacementAccount {
  const { shape } = space;
  const { levelCount, widths } = state;
  const kept = space.nest().keeps;
  const keeps = (t: number, l: number) => ((kept[l]! >> t) & 1) === 1;
  const outerOf = (t: number, inner: number) => {
    let outer = inner - 1;
    while (outer >= 0 && !keeps(t, outer)) outer--;
    return outer;
  };
  return {
    refusal: refusalOf(space, state, parts),
    unroll(nest: LoopNest) {
      walkExtents(state, nest);
      for (let t = 0; t < shape.tensorCount; t++) if (shape.isOutput[t] === 1) countPartitions(state, nest, t, true);
    },
    outerOf,
    held: (t, l, elements) => levelWords(widths, t, l, elements),
    transfer(t, inner, fetched, machine, out) {
      const outer = outerOf(t, inner);
      const base = t * levelCount;
      let content = fetched;
      for (let l = outer; l < inner; l++) content *= state.groups[base + l]!;
      const isOutput = shape.isOutput[t] === 1;
      const owned = state.partition[base + outer]!;
      const finished = isOutput && outer === state.outermost[t] ? Math.min(content, owned) : 0;
      out.outerReads = levelWords(widths, t, outer, isOutput ? readWords(content, owned) : content);
      out.outerWrites = isOutput
        ? levelWords(widths, t, outer, content - finished) + finishedLevelWords(widths, t, outer, finished)
        : 0;
      out.innerWrites = 0;
      out.energyPj = rows(machine, outer, out.outerReads, out.outerWrites) * state.usedInstances[outer]!;
      if (inner === levelCount) return;
      const filled = filledWords(state, t, fetched, state.partition[base + inner]!);
      out.innerWrites = levelWords(widths, t, inner, filled);
      out.energyPj += rows(machine, inner, out.innerWrites, 0) * state.usedInstances[inner]!;
    },
    cost: (mapping, machine) => mappingCost(space, state.counts, mapping, machine),
  };
}

/** Energy of one instance. */
function rows(machine: Machine, l: number, some: number, others: number): number {
  const block = machine.blockSize[l]!;
  return (rowsOf(some, block) + rowsOf(others, block)) * machine.energyPerVectorAccessPj[l]!;
}

/**
 * Whether windows of a tensor slide over what is kept of it: at one level alone none is moved into another. Units side
 * by side may share a window's words.
 */
function slides(space: Mapspace, t: number): boolean {
  const windowed = space.shape.windowed[t]!;
  const keepers = space.nest().keeps.filter((kept) => (kept >> t) & 1).length;
  const isUnrolled = space.slots.some(({ kind, dim }) => kind !== "temporal" && (windowed >> dim) & 1);
  return windowed !== 0 && (keepers > 1 || isUnrolled);
}

function refusalOf(space: Mapspace, state: NestState, parts: readonly LevelParts[]): string | null {
  if (space.slots.some(({ limits }) => limits !== undefined)) return "the target limits factors";
  if (parts.some(({ leakPjPerCycle }) => leakPjPerCycle > 0)) return "levels cost static energy";
  if (parts.some(({ network }) => network !== null)) return "the wires between levels cost energy";
  if (parts.some(({ clusterSize }) => clusterSize > 1)) return "instances of a level share rows";
  const alike = parts.every(({ readWeight, fillWeight, updateWeight }) => readWeight * fillWeight * updateWeight === 1);
  if (!alike) return "reads, fills and updates of a level cost different energies";
  const { shape } = space;
  for (let t = 0; t < shape.tensorCount; t++) {
    const { name } = shape.problem.tensors[t]!;
    if (slides(space, t)) return `${name} has a sliding window, whose halo is kept from one tile to the next`;
    for (let rank = shape.rankStart[t]!; rank < shape.rankStart[t + 1]!; rank++) {
      if (shape.isOutput[t] === 1 && shape.plainDim[rank]! < 0) return `${name} has a rank that leaves gaps`;
    }
  }
  return meshDependent(space, state.counts) ? "neighbours in the array may hand words over" : null;
}
