import { macs, type Problem } from "./problem.js";

/** A problem and how often it occurs in a network. */
export interface Layer {
  readonly problem: Problem;
  readonly count: number;
}

/** A network: its layers, equal ones merged. */
export interface Workload {
  readonly name: string;
  readonly description: string;
  /** Where the layer list comes from. */
  readonly source: string;
  readonly layers: readonly Layer[];
}

/** Multiply-accumulates of a whole network. */
export function workloadMacs(workload: Workload): number {
  return workload.layers.reduce((sum, layer) => sum + layer.count * macs(layer.problem), 0);
}
