import type { Edge } from "@loopnest/mapspace";
import { executionsOf } from "./executions.js";

/** Why edges cannot be fused whatever the segment, by their places; `null` for the others. */
export function edgeRefusals(edges: readonly Edge[]): (string | null)[] {
  const readers = new Map<string, number>();
  const outputs = (edge: Edge) => executionsOf(edge).map(([from]) => `${edge.from} ${from}`);
  for (const edge of edges) for (const key of outputs(edge)) readers.set(key, (readers.get(key) ?? 0) + 1);
  return edges.map((edge) => {
    const most = Math.max(...outputs(edge).map((key) => readers.get(key)!));
    return edge.refusal ?? (most > 1 ? `${most} layers read it` : null);
  });
}
