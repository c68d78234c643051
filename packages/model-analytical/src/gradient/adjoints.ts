import type { LoopNest, Machine, Traffic } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/**
 * Derivatives of the objective on their way from cost back to the loops. Every entry belongs to the value of the same
 * name in `NestState`; `log...` entries are derivatives with respect to the logarithm of that value.
 */
export interface Adjoints {
  /** Per row and dimension of `extent`. */
  readonly logExtent: Float64Array;
  /** Per loop: of the product of the loops of the same dimension inside it. */
  readonly logInside: Float64Array;
  /** Per loop index i: of the product of the temporal loops at and outside i. */
  readonly logVisitsFrom: Float64Array;
  readonly logUsedInstances: Float64Array;
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly fills: Float64Array;
  /** What wires that have prices add to the derivative of content. */
  readonly content: Float64Array;
  /** Of the words that an output owns, but for what reads and fills have of it. */
  readonly partition: Float64Array;
  /** Running sum per dimension while derivatives are handed down to loops. */
  readonly perDim: Float64Array;
}

/** Adjoints of a state, all 0. */
export function adjoints(state: NestState): Adjoints {
  const table = () => new Float64Array(state.reads.length);
  return {
    logExtent: new Float64Array(state.extent.length),
    logInside: new Float64Array(state.loopCapacity),
    logVisitsFrom: new Float64Array(state.loopCapacity + 1),
    logUsedInstances: new Float64Array(state.levelCount + 1),
    reads: table(),
    updates: table(),
    fills: table(),
    content: table(),
    partition: table(),
    perDim: new Float64Array(state.shape.dimCount),
  };
}

/** Sets what gathers derivatives to 0; `perDim` is set where it is used. */
export function clear(adjoint: Adjoints): void {
  adjoint.logExtent.fill(0);
  adjoint.logInside.fill(0);
  adjoint.logVisitsFrom.fill(0);
  adjoint.logUsedInstances.fill(0);
  adjoint.reads.fill(0);
  adjoint.updates.fill(0);
  adjoint.fills.fill(0);
  adjoint.content.fill(0);
  adjoint.partition.fill(0);
}

/**
 * One pass back through a nest that was evaluated smoothly on a machine: what it reads, and where derivatives gather.
 */
export interface BackwardPass {
  readonly state: NestState;
  /** The state's counts in words of the levels. */
  readonly traffic: Traffic;
  readonly nest: LoopNest;
  readonly machine: Machine;
  readonly adjoint: Adjoints;
  /** Added to: derivatives with respect to the log of every factor, and with respect to every entry of the machine. */
  readonly toFactors: Float64Array;
  readonly toMachine: Machine;
}
