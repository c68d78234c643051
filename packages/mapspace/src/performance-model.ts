import type { Machine } from "./machine.js";
import type { Mapspace } from "./mapspace.js";
import type { Needs } from "./needs.js";
import type { LoopNest } from "./nest.js";
import type { Problem } from "./problem.js";
import type { Target } from "./target.js";

/** Whether counts, sizes and cycles are rounded as on a real machine, or left as the smooth extension. */
export type Rounding = "exact" | "smooth";

/** Cost of one execution of a layer. */
export interface Cost {
  energyPj: number;
  latencyCycles: number;
}

/** What the derivative is taken of: `energy * energyPj + latency * latencyCycles + sum of needs * (needs of the nest)`. */
export interface CostSeed {
  readonly energy: number;
  readonly latency: number;
  readonly needs: Needs | null;
}

/**
 * A performance model for one layer. It holds intermediate values: call `needs`, then `evaluate`, then `gradient`, each for the
 * same nest as the call before. One instance serves any number of nests of its mapspace, one after the other.
 */
export interface LayerModel {
  readonly space: Mapspace;
  /** Writes what the nest needs of hardware: words held, columns and rows. */
  needs(nest: LoopNest, out: Needs): void;
  /** Writes the cost of the nest on a machine. Does not check that it fits. Needs `needs` before. */
  evaluate(nest: LoopNest, machine: Machine, rounding: Rounding, out: Cost): void;
  /**
   * Adds the derivative of the seeded sum with respect to the log of every factor of the nest to `toFactors`, and with respect
   * to the machine's entries to `toMachine`. Needs a smooth `evaluate` before.
   */
  gradient(nest: LoopNest, machine: Machine, seed: CostSeed, toFactors: Float64Array, toMachine: Machine): void;
}

/**
 * Turns (problem, mapping, hardware) into energy and latency, with derivatives: the one interface that searches, reports and
 * the command line see. The analytical model is one, a learned model wraps another, a third party can write its own.
 */
export interface PerformanceModel {
  readonly name: string;
  readonly target: Target;
  /** Writes the machine with the given sizes (in the target's order): capacities, bandwidths, energies, areas. */
  machine(sizes: Float64Array, rounding: Rounding, out: Machine): void;
  /** Adds to `toLogSizes` the derivative with respect to log sizes, given that with respect to the machine's entries. */
  machineGradient(sizes: Float64Array, toMachine: Machine, toLogSizes: Float64Array): void;
  layer(problem: Problem): LayerModel;
}
