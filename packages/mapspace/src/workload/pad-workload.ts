import { type Padding, padProblem } from "../problem/padding.js";
import type { Workload } from "./workload.js";

/** The workload with all of its problems padded (`padProblem`): what a search takes. */
export function padWorkload(workload: Workload, padding: Padding): Workload {
  const layers = workload.layers.map((layer) => ({ ...layer, problem: padProblem(layer.problem, padding) }));
  return { ...workload, layers };
}
