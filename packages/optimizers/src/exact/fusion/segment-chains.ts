import type { Execution, Sink } from "./executions.js";

/** Layers that hand on to one another, first to last, and the edges between them. */
export interface Chain {
  readonly layers: readonly number[];
  readonly edges: readonly number[];
  readonly key: string;
}

/** A chain that ends with an execution, and what its executions read from outside of it. */
export interface Ending {
  readonly chain: Chain;
  readonly outside: readonly Execution[];
}

/** All chains of at most so many layers that end with an execution, short ones first: itself alone is one. */
export function chainsTo(execution: Execution, most: number): Ending[] {
  const alone = { layers: [execution.layer], edges: [], key: String(execution.layer) };
  let longest: (Ending & { head: Execution })[] = [
    { chain: alone, outside: execution.inputs.map(({ from }) => from), head: execution },
  ];
  const all: Ending[] = [...longest];
  for (let length = 2; length <= most; length++) {
    longest = longest.flatMap(({ chain, outside, head }) =>
      head.inputs.map(({ edge, from }) => ({
        chain: {
          layers: [from.layer, ...chain.layers],
          edges: [edge, ...chain.edges],
          key: `${from.layer} ${edge} ${chain.key}`,
        },
        outside: [...without(outside, from), ...from.inputs.map((input) => input.from)],
        head: from,
      })),
    );
    all.push(...longest);
  }
  return all;
}

/** Executions that stand in trees, each once, those first that others read from. */
export function executionsIn(sinks: readonly Sink[]): Execution[] {
  const found = new Set<Execution>();
  const visit = (execution: Execution): void => {
    if (found.has(execution)) return;
    for (const { from } of execution.inputs) visit(from);
    found.add(execution);
  };
  for (const { execution } of sinks) visit(execution);
  return [...found];
}

function without(list: readonly Execution[], one: Execution): Execution[] {
  const at = list.indexOf(one);
  return list.filter((_, i) => i !== at);
}
