import type { LevelParts, Machine } from "../hardware/machine.js";
import type { Needs } from "../hardware/needs.js";
import type { Target } from "../hardware/target.js";
import type { Widths } from "../hardware/widths.js";
import type { Mapspace } from "../mapping/mapspace.js";
import type { LoopNest } from "../mapping/nest.js";
import type { Problem } from "../problem/problem.js";
import type { DataMovement } from "../workload/workload.js";
import type { Cost } from "./cost.js";
import type { Counts } from "./counts.js";
import type { PlacementAccount } from "./placement-account.js";

/** Whether counts, sizes and cycles are rounded as on a real machine, or left as the smooth extension. */
export type Rounding = "exact" | "smooth";

/**
 * What the derivative is taken of: `energy * energyPj + latency * latencyCycles + sum of needs * (needs of the nest)`.
 */
export interface CostSeed {
  readonly energy: number;
  readonly latency: number;
  readonly needs: Needs | null;
}

/**
 * What a nest's cost on any machine follows from. Words are the level's own, of which an element of a tensor may take
 * several or a part (`Widths`); they are counted per instance, for tensor t at level l (outermost first) at
 * `t * levelCount + l`, and are 0 where l does not keep t.
 */
export interface Traffic {
  readonly levelCount: number;
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly fills: Float64Array;
  /** Instances in use per level; entry `levelCount` is the compute units. */
  readonly usedInstances: Float64Array;
  /** Product of all temporal loops. */
  computeCycles: number;
  /**
   * Energy of the wires below all levels, all instances: it follows from words, meshes and prices that no size sets.
   */
  networkPj: number;
}

/**
 * A layer's cost taken apart, so that nests can be compared, and priced again on another machine, without being counted
 * again. Counts and prices are exact ones, and
 *
 *     energyPj      = computeCycles * used compute units * macEnergyPj
 *                     + sum over l of vectorAccesses(l) * energyPerVectorAccessPj[l]
 *                     + networkPj + leakPjPerCycle * latencyCycles
 *     latencyCycles = max(computeCycles, max over l of levelCycles(l))
 *
 * `vectorAccesses` never falls when a word count or the instances in use grow; `leakPjPerCycle` depends on the
 * instances in use alone, and never falls when they grow; `networkPj` never falls when a word count grows;
 * `levelCycles` never falls when a word count grows, and never grows with a bandwidth.
 */
export interface CostAccount {
  /**
   * Whether counts depend on the machine's meshes (words handed over between neighbours, hops on priced wires,
   * clusters); if not, any machine will do.
   */
  readonly meshDependent: boolean;
  /** Counts of the nest last given to `count`; overwritten by the next. */
  readonly traffic: Traffic;
  /** How wide elements are; `null` where they take a word each, so that all words are whole. */
  readonly widths: Widths | null;
  /** Counts a nest. Needs `needs` before. */
  count(nest: LoopNest, machine: Machine): void;
  /**
   * Writes to `traffic` what no nest is below that unrolls the same loops and runs them to the same bounds, whatever
   * its temporal loops, on any machine: per count, a number that it is never less than; the instances in use and
   * `computeCycles` are the same for all of them. Without it nothing is known but these two. Needs `needs` before, of
   * any of the nests.
   */
  countLeast?(nest: LoopNest): void;
  /** Vector accesses to level l by all its instances, each weighed by what its kind costs of the dearest. */
  vectorAccesses(traffic: Traffic, machine: Machine, l: number): number;
  /** Instances of level l whose accesses cost energy: those in use, or rows of them where a row serves a cluster. */
  chargedInstances(traffic: Traffic, machine: Machine, l: number): number;
  /** What the levels cost whatever the sizes. */
  readonly parts: readonly LevelParts[];
  /** Static energy of all instances in use in a cycle. */
  leakPjPerCycle(traffic: Traffic, machine: Machine): number;
  /** Cycles that level l takes. */
  levelCycles(traffic: Traffic, machine: Machine, l: number): number;
  /**
   * Reorders the loops of the levels that leave their order free, in place, and calls `visit` for every order of a set
   * that is sufficient: whatever the order, one of the set has no count that is larger. Then puts the loops back. The
   * same nest gets the same orders in the same sequence. Needs `needs` before, and keeps what `count` needs of it up to
   * date.
   */
  forSufficientOrders(nest: LoopNest, visit: () => void): void;
}

/**
 * A performance model for one layer. It holds intermediate values: call `needs`, then `evaluate`, then `gradient`, each
 * for the same nest as the call before. One instance serves any number of nests of its mapspace, one after the other.
 */
export interface LayerModel {
  readonly space: Mapspace;
  /** Writes what the nest needs of hardware: words held, columns and rows. */
  needs(nest: LoopNest, out: Needs): void;
  /** Writes the cost of the nest on a machine. Does not check that it fits. Needs `needs` before. */
  evaluate(nest: LoopNest, machine: Machine, rounding: Rounding, out: Cost): void;
  /**
   * Adds the derivative of the seeded sum with respect to the log of every factor of the nest to `toFactors`, and with
   * respect to the machine's entries to `toMachine`. Needs a smooth `evaluate` before.
   */
  gradient(nest: LoopNest, machine: Machine, seed: CostSeed, toFactors: Float64Array, toMachine: Machine): void;
  /**
   * Lets smooth evaluations follow the last gradient, if the model can: as long as no factor, and no number of
   * instances, is farther than this share from where it was worked out. What is followed is then a little off between
   * whole factors, and much cheaper; 0 ends it. Exact evaluations never follow anything. A descent asks for it.
   */
  follow?(share: number): void;
  /** The exact cost taken apart, if the model has such a form: exact search needs it. */
  readonly account?: CostAccount;
  /** What store nodes cost one by one, if the model can say so: searches over uneven mappings need it. */
  readonly placement?: PlacementAccount;
}

/**
 * Turns (problem, mapping, hardware) into energy and latency, with derivatives: the one interface that searches,
 * reports and the command line see. The analytical model is one, a learned model wraps another, a third party can write
 * its own.
 */
export interface PerformanceModel {
  readonly name: string;
  readonly target: Target;
  /** Whose counting it does, where it counts as Timeloop does: what corrects the model holds for that counting only. */
  readonly counts?: Counts;
  /**
   * What it promises: that no layer takes longer on a machine with more bandwidth, or more energy where accesses cost
   * less. A search does not rely on it; `loopnest doctor --model` holds a model to it.
   */
  readonly monotone?: readonly ("bandwidth" | "accessEnergy")[];
  /** Writes the machine with the given sizes (in the target's order): capacities, bandwidths, energies, areas. */
  machine(sizes: Float64Array, rounding: Rounding, out: Machine): void;
  /**
   * Adds to `toLogSizes` the derivative with respect to log sizes, given that with respect to the machine's entries.
   */
  machineGradient(sizes: Float64Array, toMachine: Machine, toLogSizes: Float64Array): void;
  /** What all that a network moves outside its layers costs on a machine, every operator as often as it occurs. */
  movementCost(movement: readonly DataMovement[], machine: Machine, rounding: Rounding): Cost;
  /** Adds to `toMachine` the derivative of `energy * energyPj + latency * latencyCycles` of a smooth `movementCost`. */
  movementGradient(
    movement: readonly DataMovement[],
    machine: Machine,
    seed: Pick<CostSeed, "energy" | "latency">,
    toMachine: Machine,
  ): void;
  /**
   * The model of one layer on this target.
   *
   * @throws LoopnestError `infeasible` or `unsupported` if the target cannot run the problem.
   */
  layer(problem: Problem): LayerModel;
  /**
   * The same model of a target that differs in what its levels keep, if it can say so: searches over what layers hand
   * each other need it.
   */
  retargeted?(target: Target): PerformanceModel;
}
