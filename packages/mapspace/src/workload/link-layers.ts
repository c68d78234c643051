import type { Problem } from "../problem/problem.js";
import { mergeLayers, shapeKey } from "./merge-layers.js";
import type { Edge, Layer } from "./workload.js";

/** What one layer of a list hands another: the places of both in the list. */
export interface Link extends Omit<Edge, "from" | "to" | "count" | "executions"> {
  readonly from: number;
  readonly to: number;
}

/** Executions of an edge beyond this many are not told apart: what is in a loop that often has none. */
const MOST_EXECUTIONS = 4096;

/**
 * Merges equal layers as `mergeLayers` does, and links between them to edges: equal ones once, with all their
 * executions.
 *
 * @param layers In the order in which they run. Both ends of a link run equally often.
 */
export function linkLayers(layers: readonly Layer[], links: readonly Link[]): { layers: Layer[]; edges: Edge[] } {
  const names = new Map<string, string>();
  const executed = new Map<string, number>();
  const own = layers.map(({ problem, count }) => {
    const key = shapeKey(problem);
    if (!names.has(key)) names.set(key, problem.name);
    const first = executed.get(key) ?? 0;
    executed.set(key, first + count);
    return { name: names.get(key)!, first, count };
  });
  const edges = new Map<string, Edge & { readonly executions: [number, number][] }>();
  for (const { from, to, ...rest } of links) {
    const [a, b] = [own[from]!, own[to]!];
    if (a.count !== b.count || a.count > MOST_EXECUTIONS) continue;
    const key = JSON.stringify([a.name, b.name, rest]);
    const executions = edges.get(key)?.executions ?? [];
    for (let k = 0; k < a.count; k++) executions.push([a.first + k, b.first + k]);
    edges.set(key, { from: a.name, to: b.name, count: executions.length, executions, ...rest });
  }
  return { layers: mergeLayers(layers), edges: [...edges.values()].map(withoutPlainOrder) };
}

/** The first execution to the first, and so on, needs no saying. */
function withoutPlainOrder({ executions, ...edge }: Edge & Required<Pick<Edge, "executions">>): Edge {
  return executions.every(([from, to], k) => from === k && to === k) ? edge : { ...edge, executions };
}

/**
 * The ranks in which a convolution hands its outputs to the next: batch, channels, and rows and columns where the
 * second takes as many as the first makes, stride aside (it is padded so that none is lost).
 */
export function featureRanks(producer: Problem, consumer: Problem): Edge["ranks"] {
  const pairs = [
    ["N", "N"],
    [channelsOf(producer, "K"), channelsOf(consumer, "C")],
    ["P", "P"],
    ["Q", "Q"],
  ] as const;
  return pairs.flatMap(([from, to]) =>
    from !== null && to !== null && producer.dims[from] === strideOf(consumer, "Inputs", to) * (consumer.dims[to] ?? 0)
      ? [[from, to] as const]
      : [],
  );
}

/** How far a tensor's rank moves when a dimension goes one further. */
export function strideOf({ tensors }: Problem, tensor: string, dim: string): number {
  const ranks = tensors.find(({ name }) => name === tensor)?.ranks ?? [];
  return ranks.flat().find(([own]) => own === dim)?.[1] ?? 1;
}

/** The dimension that runs through all channels; `null` if there are two. */
function channelsOf({ dims }: Problem, own: "C" | "K"): string | null {
  if (dims.G === undefined) return own;
  return dims[own] === 1 ? "G" : null;
}
