import { type Padding, padProblem } from "../problem/padding.js";
import type { Workload } from "./workload.js";

/** The workload with all of its problems padded (`padProblem`): what a search takes. */
export function padWorkload(workload: Workload, padding: Padding): Workload {
  const layers = workload.layers.map((layer) => ({ ...layer, problem: padProblem(layer.problem, padding) }));
  return { ...workload, layers };
}

/** Whether any loop of a workload may run at a larger bound than its layer's. */
export function mayPad({ layers }: Pick<Workload, "layers">): boolean {
  return layers.some(({ problem }) => problem.paddings !== undefined);
}
