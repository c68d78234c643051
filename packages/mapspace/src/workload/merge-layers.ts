import type { Problem } from "../problem/problem.js";
import type { Layer } from "./workload.js";

/**
 * Merges layers whose problems have equal dimensions and tensors: counts are added, the first one's name and place are
 * kept.
 *
 * Equal layers have equal mappings and costs, so a network is searched and evaluated once per distinct layer.
 */
export function mergeLayers(layers: readonly Layer[]): Layer[] {
  const merged = new Map<string, Layer>();
  for (const { problem, count } of layers) {
    const key = shapeKey(problem);
    const first = merged.get(key);
    merged.set(key, first === undefined ? { problem, count } : { ...first, count: first.count + count });
  }
  return [...merged.values()];
}

/** Everything of a problem but its name; the order in which dimensions are written does not matter. */
export function shapeKey(problem: Problem): string {
  const dims = Object.entries(problem.dims).sort(([a], [b]) => (a < b ? -1 : 1));
  const tensors = problem.tensors.map(({ name, role, ranks, bits, partialSumBits }) => [
    name,
    role,
    ranks,
    bits,
    partialSumBits,
  ]);
  return JSON.stringify([dims, tensors]);
}
