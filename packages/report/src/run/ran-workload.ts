import type { Workload } from "@loopnest/mapspace";
import type { RunResult } from "./run-result.js";

/**
 * The workload of a run with its layers as they run: with fusion, a layer that runs fused here and by itself there has
 * an entry for each.
 */
export function ranWorkload(workload: Workload, { layers, fusion }: Pick<RunResult, "layers" | "fusion">): Workload {
  if (fusion === undefined) return workload;
  const problems = new Map(workload.layers.map(({ problem }) => [problem.name, problem]));
  return { ...workload, layers: layers.map(({ name, count }) => ({ problem: problems.get(name)!, count })) };
}
