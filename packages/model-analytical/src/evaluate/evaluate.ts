import {
  type Architecture,
  type Counts,
  defaultCounts,
  flatten,
  homeEntry,
  type LoopNest,
  LoopnestError,
  type Machine,
  type Mapping,
  machineOf,
  type Problem,
  problemShape,
  type Traffic,
  tensorWidths,
  totalAreaUm2,
} from "@loopnest/mapspace";
import { energyPj, leakPj, tensorEnergyPj } from "../cost/energy.js";
import { latencyCycles, levelCycles } from "../cost/latency.js";
import { checkCapacity, checkFeasible } from "../limits/feasibility.js";
import { walkExtents } from "../state/extents.js";
import { levelTraffic } from "../state/level-words.js";
import { type NestState, nestState } from "../state/nest-state.js";
import { countSplitTransfers } from "../traffic/split-transfers.js";
import { countTransfers } from "../traffic/transfers.js";
import { checkWires, type ElementWidth, elementWidth, type InstanceCounts } from "./element-width.js";
import { type NetworkFigures, networkFigures } from "./network-figures.js";
import { gatherNodes, gatherTraffic, storeNodes } from "./store-nodes.js";

/**
 * Counts of one tensor at one level, over all instances in use unless said otherwise. Counts are words, one for every
 * element of the tensor.
 */
export interface TensorCounts {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  /** Partial sums read back to be added to: the reads of an output; 0 for an input. */
  readonly temporalReductions: number;
  readonly energyPj: number;
  readonly perInstance: InstanceCounts;
  /** Words of the tile that one instance holds. */
  readonly utilizedCapacity: number;
  readonly utilizedInstances: number;
  /** How wide elements are, where they are not a word of the level each. */
  readonly width?: ElementWidth;
}

/** What one level does in the whole run. `cycles`: how long it would take by itself. */
export interface LevelCounts {
  readonly cycles: number;
  /** Kept tensors only. */
  readonly tensors: Readonly<Record<string, TensorCounts>>;
}

/** What a mapping costs on an architecture. */
export interface Evaluation {
  readonly macs: number;
  readonly computeCycles: number;
  readonly cycles: number;
  readonly energyPj: number;
  readonly computeEnergyPj: number;
  /** MACs per cycle over MAC units. */
  readonly utilization: number;
  readonly areaMm2: number;
  readonly levels: Readonly<Record<string, LevelCounts>>;
  /** Static energy of every level over the run, all instances in use: MACs wait and all levels leak. */
  readonly leakPj: Readonly<Record<string, number>>;
  /**
   * By `outer->inner`: the wires whose energy is counted, those of a network with prices, and what each tensor costs
   * there.
   */
  readonly networks: Readonly<Record<string, Readonly<Record<string, NetworkFigures>>>>;
  /** Counts that exceed 2^53 and are therefore rounded to a double, as paths; empty if every count is exact. */
  readonly inexact: readonly string[];
}

/**
 * Evaluates one mapping exactly as Timeloop does: counts and cycles to the last word, energy to rounding of doubles.
 *
 * @param mapping Even, or uneven: a level may stand several times in a row, each time with loops and kept tensors of
 * its own (a store node); its nodes share its ports, prices and capacity. Neighbours hand nothing over past a node that
 * does not keep the tensor.
 * @param given The machine. It keeps what is held where the mapping holds it.
 * @param counts Which Timeloop: today's unless given.
 * @param held Tensors that other layers make or read under loops shared with this one, held at an entry of their own;
 * none unless given. Everything inside is fetched anew in every iteration of the loops outside.
 * @throws LoopnestError `no-fanout`, `factors`, `unkept`, `fanout` or `capacity` if the architecture cannot run the
 * mapping; `input` or `unsupported` if one of the three is malformed; `unsupported` for a level
 * that holds fewer bits than a tensor's elements have, or wires with prices where elements are not a word each.
 */
export function evaluate(
  problem: Problem,
  given: Architecture,
  mapping: Mapping,
  counts: Counts = defaultCounts,
  held: readonly string[] = [],
): Evaluation {
  const shape = problemShape(problem);
  const home = homeEntry(mapping, held);
  const architecture = home < 0 ? given : withHome(given, mapping[home]!.level, held);
  const nodes = storeNodes(architecture, mapping);
  const counted = nodes?.architecture ?? architecture;
  const nest = flatten(shape, counted, nodes?.mapping ?? mapping);
  const machine = machineOf(counted);
  const widths = tensorWidths(problem, architecture.levels);
  checkWires(problem, architecture, widths);
  const state = nestState(shape, nest, counts, nodes === null ? widths : tensorWidths(problem, counted.levels));
  const { traffic, refresh } = levelTraffic(state);
  walkExtents(state, nest);
  checkFeasible(state, nest, machine, counted);
  const isSplit = home > 0 && countSplitTransfers(state, nest, machine, home) > 1;
  if (home <= 0) countTransfers(state, nest, machine, "exact");
  refresh();
  const networks = networkFigures(state, nest, machine, counted);
  if (isSplit && Object.keys(networks).length > 0) throw pricedWires();
  if (nodes === null) return describe(state, traffic, nest, machine, architecture, networks);
  const own = machineOf(architecture);
  const { length } = architecture.levels;
  const together = gatherNodes(nodes, length, state, nest, widths);
  checkCapacity(together.state, together.nest, own, architecture);
  const seen = gatherTraffic(nodes, length, traffic, nest).traffic;
  return describe(together.state, seen, together.nest, own, architecture, networks);
}

/** @param seen The counts in words of the levels. */
function describe(
  state: NestState,
  seen: Traffic,
  nest: LoopNest,
  machine: Machine,
  architecture: Architecture,
  networks: Evaluation["networks"],
): Evaluation {
  const { levelCount, usedInstances, computeCycles } = state;
  const macs = computeCycles * usedInstances[levelCount]!;
  const cycles = latencyCycles(seen, nest, machine, "exact");
  const levels: [name: string, LevelCounts][] = [];
  const inexact: string[] = [];
  /** `from` is a count that this one was computed from, and is as exact as. */
  const checked = (path: string, count: number, from = 0) => {
    if (!Number.isSafeInteger(count) || !Number.isSafeInteger(from)) inexact.push(path);
    return count;
  };
  architecture.levels.forEach((level, l) => {
    const tensors: [name: string, TensorCounts][] = [];
    const instances = usedInstances[l]!;
    state.shape.problem.tensors.forEach((tensor, t) => {
      if (((nest.keeps[l]! >> t) & 1) === 0) return;
      const cell = t * levelCount + l;
      const path = `levels.${level.name}.${tensor.name}`;
      const updates = checked(`${path}.updates`, state.updates[cell]! * instances);
      const reads = checked(`${path}.reads`, state.reads[cell]! * instances, updates);
      const counts = {
        reads,
        updates,
        // What arrives is an average over instances and may be a fraction.
        fills: checked(`${path}.fills`, state.fills[cell]! * instances, Math.floor(state.arrived[cell]!)),
        temporalReductions: tensor.role === "output" ? reads : 0,
        energyPj: tensorEnergyPj(seen, machine, t, l, "exact"),
        perInstance: { reads: state.reads[cell]!, updates: state.updates[cell]!, fills: state.fills[cell]! },
        utilizedCapacity: checked(`${path}.utilizedCapacity`, state.tileWords[cell]!),
        utilizedInstances: instances,
        ...(state.widths !== null && elementWidth(state, seen, nest, t, l)),
      };
      tensors.push([tensor.name, counts]);
    });
    const cyclesHere = checked(`levels.${level.name}.cycles`, levelCycles(seen, nest, machine, l, "exact"));
    // Not by assignment: the name `__proto__` would set something else.
    levels.push([level.name, { cycles: cyclesHere, tensors: Object.fromEntries(tensors) }]);
  });
  const leaks = architecture.levels.map((_, l) => leakPj(seen, machine, l, cycles));
  const wires = Object.values(networks).flatMap((network) => Object.values(network).map(({ energyPj }) => energyPj));
  return {
    macs: checked("macs", macs),
    computeCycles: checked("computeCycles", computeCycles),
    cycles: checked("cycles", cycles),
    energyPj: energyPj(seen, nest, machine, "exact") + sumOf(leaks) + sumOf(wires),
    computeEnergyPj: macs * machine.macEnergyPj[0]!,
    utilization: macs / machine.instances[levelCount]! / cycles,
    areaMm2: totalAreaUm2(machine) / 1e6,
    levels: Object.fromEntries(levels),
    leakPj: Object.fromEntries(architecture.levels.map(({ name }, l) => [name, leaks[l]!])),
    networks,
    inexact,
  };
}

/** The machine whose home keeps what is held there, whatever it keeps for a layer by itself. */
function withHome(architecture: Architecture, home: string, held: readonly string[]): Architecture {
  const levels = architecture.levels.map((level) =>
    level.name === home ? { ...level, keeps: [...new Set([...level.keeps, ...held])] } : level,
  );
  return { ...architecture, levels };
}

function pricedWires(): LoopnestError {
  return new LoopnestError({
    ...{ code: "unsupported", path: "architecture", problem: "wires have prices, and layers share loops" },
    fix: "leave out the prices of networks, or run the layers one by one",
  });
}

function sumOf(energies: readonly number[]): number {
  return energies.reduce((sum, energyPj) => sum + energyPj, 0);
}
