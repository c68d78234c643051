import type { Edge, Layer } from "@loopnest/mapspace";

/** An execution of a layer with what it reads from others: equal ones are one, however often they occur. */
export interface Execution {
  readonly layer: number;
  /** Edges of which a segment may be made, and who hands over. */
  readonly inputs: readonly { readonly edge: number; readonly from: Execution }[];
  /** Equal for equal executions, with all that leads to them. */
  readonly key: string;
}

/** An execution whose outputs no edge takes on, and how often it occurs. */
export interface Sink {
  readonly execution: Execution;
  readonly count: number;
}

/**
 * The executions of a network as trees that grow from what nobody takes on: every layer hands its outputs to one other
 * at most, as far as edges go.
 *
 * @param edges Those that may be fused; the others cut the network.
 * @throws RangeError if an execution hands its outputs to two.
 */
export function executionTrees(layers: readonly Layer[], edges: readonly (Edge | null)[]): Sink[] {
  const place = (name: string) => layers.findIndex(({ problem }) => problem.name === name);
  const inputs = new Map<string, { edge: number; layer: number; execution: number }[]>();
  const taken = new Set<string>();
  edges.forEach((edge, e) => {
    if (edge === null) return;
    const [from, to] = [place(edge.from), place(edge.to)];
    for (const [a, b] of executionsOf(edge)) {
      const source = `${from} ${a}`;
      if (taken.has(source)) throw new RangeError(`execution ${a} of ${edge.from} hands its outputs to two`);
      taken.add(source);
      const target = `${to} ${b}`;
      inputs.set(target, [...(inputs.get(target) ?? []), { edge: e, layer: from, execution: a }]);
    }
  });
  const known = new Map<string, Execution>();
  const make = (layer: number, k: number): Execution => {
    const own = (inputs.get(`${layer} ${k}`) ?? []).map(({ edge, layer: from, execution }) => ({
      edge,
      from: make(from, execution),
    }));
    const key = `${layer}(${own.map(({ edge, from }) => `${edge}:${from.key}`).join(",")})`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = { layer, inputs: own, key }));
    return found;
  };
  const sinks = new Map<Execution, number>();
  layers.forEach(({ count }, layer) => {
    const tied = new Set<number>();
    for (const key of [...taken, ...inputs.keys()]) {
      const [own, k] = key.split(" ").map(Number) as [number, number];
      if (own === layer) tied.add(k);
    }
    const add = (execution: Execution, times: number) => sinks.set(execution, (sinks.get(execution) ?? 0) + times);
    if (tied.size < count) add(make(layer, -1), count - tied.size);
    for (const k of tied) if (!taken.has(`${layer} ${k}`)) add(make(layer, k), 1);
  });
  return [...sinks].map(([execution, count]) => ({ execution, count }));
}

/** Pairs of executions: as many as the edge occurs. */
export function executionsOf({ executions, count }: Edge): readonly (readonly [number, number])[] {
  return executions ?? Array.from({ length: count }, (_, k) => [k, k] as const);
}
