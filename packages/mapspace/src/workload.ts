import { macs, type Problem } from "./problem.js";

/** A problem and how often it occurs in a network. */
export interface Layer {
  readonly problem: Problem;
  readonly count: number;
}

/** Words that an operator without multiply-accumulates (a pooling, a softmax) reads from DRAM and writes to it. */
export interface DataMovement {
  readonly name: string;
  /** The operator: `MaxPool`. */
  readonly kind: string;
  readonly count: number;
  /** Of one execution. */
  readonly wordsRead: number;
  readonly wordsWritten: number;
}

/** A network: its layers, equal ones merged. */
export interface Workload {
  readonly name: string;
  readonly description: string;
  /** Where the layer list comes from. */
  readonly source: string;
  readonly layers: readonly Layer[];
  /** What the operators that are no layers move; it costs DRAM accesses and the time they take, whatever the mappings. */
  readonly dataMovement?: readonly DataMovement[];
}

/** Multiply-accumulates of a whole network. */
export function workloadMacs(workload: Workload): number {
  return workload.layers.reduce((sum, layer) => sum + layer.count * macs(layer.problem), 0);
}
