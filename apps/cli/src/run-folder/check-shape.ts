import { LoopnestError } from "@loopnest/mapspace";
import type { SearchInputs } from "../plan/search-plan.js";
import { FUSED_SCHEMA_VERSION, type RunResult } from "./run-result.js";

/**
 * That a result has the layers of its workload (with fusion, each as often as it occurs), each of them with the levels
 * of its target, and segments of them: what everybody who reads figures relies on.
 *
 * @param file Of the result, for the message.
 */
export function checkShape(result: RunResult, { workload, target }: SearchInputs, file: string): void {
  const { layers, fusion, schemaVersion } = result;
  const refuse = (problem: string) => {
    const fix = "fetch the folder again from where it comes from, or search anew";
    throw new LoopnestError({ code: "input", path: file, problem, fix });
  };
  if ((schemaVersion === FUSED_SCHEMA_VERSION) !== (fusion !== undefined)) {
    refuse(`its form is version ${schemaVersion}, and it has ${fusion === undefined ? "no" : "a"} fusion`);
  }
  if (fusion === undefined && layers.length !== workload.layers.length) {
    refuse(`it has ${layers.length} layers, the workload has ${workload.layers.length}`);
  }
  if (fusion !== undefined) {
    const fault = faultOfFusion(result, fusion, workload);
    if (fault !== null) refuse(fault);
  }
  const names = target.levels.map(({ name }) => name);
  for (const [i, layer] of layers.entries()) {
    const given = Object.keys(layer.levels);
    if (given.length === names.length && given.every((name) => names.includes(name))) continue;
    refuse(`layers[${i}].levels are ${given.join(", ") || "none"}, those of the target are ${names.join(", ")}`);
  }
}

/** What does not go together in a run with fusion; `null` if all does. */
function faultOfFusion(
  { layers }: RunResult,
  { segments, edges, apart }: NonNullable<RunResult["fusion"]>,
  workload: SearchInputs["workload"],
): string | null {
  const { edges: known = [] } = workload;
  const names = workload.layers.map(({ problem }) => problem.name);
  const unknown = layers.findIndex(({ name }) => !names.includes(name));
  if (unknown >= 0) return `layers[${unknown}] is ${layers[unknown]!.name}, which the workload has not`;
  for (const { problem, count } of workload.layers) {
    const runs = layers.reduce((sum, layer) => (layer.name === problem.name ? sum + layer.count : sum), 0);
    if (runs !== count) return `${problem.name} runs ${runs} times, the workload has it ${count} times`;
  }
  if (edges.length !== known.length) return `it has ${edges.length} edges, the workload has ${known.length}`;
  if (apart.mappings.length !== names.length) {
    return `fusion.apart has ${apart.mappings.length} mappings, the workload has ${names.length} layers`;
  }
  const used = new Set<number>();
  for (const [s, segment] of segments.entries()) {
    const path = `fusion.segments[${s}]`;
    if (segment.layers.length !== segment.edges.length + 1) return `${path} is no chain: an edge from layer to layer`;
    for (const [k, i] of segment.layers.entries()) {
      const layer = layers[i];
      if (layer === undefined || used.has(i)) return `${path}.layers[${k}] is ${i}, no layer of its own`;
      used.add(i);
      if (layer.count !== segment.count)
        return `${path} runs ${segment.count} times, layers[${i}] ${layer.count} times`;
      const edge = known[segment.edges[k] ?? -1];
      if (k === segment.edges.length) break;
      const to = layers[segment.layers[k + 1]!]?.name;
      if (edge === undefined || edge.from !== layer.name || edge.to !== to) {
        return `${path}.edges[${k}] is ${segment.edges[k]}, no edge from ${layer.name} to ${to ?? "a layer"}`;
      }
    }
  }
  const lost = layers.findIndex(({ held }, i) => (held !== undefined) !== used.has(i));
  return lost < 0 ? null : `layers[${lost}] holds tensors for other layers if and only if it is in a segment`;
}
