import { LoopnestError } from "@loopnest/mapspace";
import type { Graph, Node } from "./model.js";

/**
 * Nodes in an order in which they can run: as they stand if that is one, as ONNX demands. Some converters (to half
 * precision, for one) put new nodes at the end of the list, and runtimes take such files all the same.
 *
 * @throws LoopnestError `input` if nodes wait for each other in a circle, or two give the same value.
 */
export function inRunningOrder(nodes: readonly Node[]): readonly Node[] {
  const makerOf = new Map<string, Node>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output === "") continue;
      if (makerOf.has(output)) throw fault(node, `two nodes give the value ${output}`);
      makerOf.set(output, node);
    }
  }
  const makersOf = new Map(nodes.map((node) => [node, makers(node, makerOf)]));
  const ready = new Set<Node>();
  const isOrdered = nodes.every((node) => {
    const canRun = makersOf.get(node)!.every((maker) => ready.has(maker));
    ready.add(node);
    return canRun;
  });
  return isOrdered ? nodes : sorted(nodes, makersOf);
}

/** Every node as soon as all that it waits for have run. */
function sorted(nodes: readonly Node[], makersOf: ReadonlyMap<Node, readonly Node[]>): Node[] {
  const waitsFor = new Map(nodes.map((node) => [node, makersOf.get(node)!.length]));
  const waiting = new Map<Node, Node[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) for (const maker of makersOf.get(node)!) waiting.get(maker)!.push(node);
  const ordered = nodes.filter((node) => waitsFor.get(node) === 0);
  for (const node of ordered) {
    for (const next of waiting.get(node)!) {
      const left = waitsFor.get(next)! - 1;
      waitsFor.set(next, left);
      if (left === 0) ordered.push(next);
    }
  }
  const waitingStill = nodes.find((node) => waitsFor.get(node)! > 0);
  if (waitingStill !== undefined)
    throw fault(waitingStill, "it waits for its own result, through other nodes or itself");
  return ordered;
}

function fault({ name, operator, outputs }: Node, problem: string): LoopnestError {
  const path = name || outputs[0] || operator;
  return new LoopnestError({ code: "input", path, problem: `${operator}: ${problem}`, fix: "export the model again" });
}

/** Nodes whose outputs a node reads, each once. */
function makers(node: Node, makerOf: ReadonlyMap<string, Node>): Node[] {
  const found = new Set(read(node).map((name) => makerOf.get(name)));
  found.delete(undefined);
  return [...found] as Node[];
}

/** Values that a node reads, those that its inner graphs take from outside too. */
function read({ inputs, attributes }: Node): string[] {
  const inner = [...attributes.values()].flatMap(({ graph }) => (graph === null ? [] : readOutside(graph)));
  return [...inputs.filter((name) => name !== ""), ...inner];
}

function readOutside({ nodes, outputs, inputs, constants }: Graph): string[] {
  const own = [...constants.keys(), ...inputs.map(({ name }) => name), ...nodes.flatMap((node) => node.outputs)];
  const inside = new Set(own);
  return [...nodes.flatMap(read), ...outputs].filter((name) => !inside.has(name));
}
