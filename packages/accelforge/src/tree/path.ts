import { LoopnestError } from "@loopnest/mapspace";
import { type Extents, type Projection, projectionOf } from "./projection.js";
import type { Einsum, LoopNode, StoreNode, TreeCase, TreeNode } from "./tree.js";

/** A store node on the way to an Einsum, one tensor at a time. */
export interface StoreStep {
  readonly kind: "store";
  readonly level: number;
  readonly tensor: string;
  readonly persistent: boolean;
}

/** A loop on the way to an Einsum. */
export interface LoopStep {
  readonly kind: "loop";
  readonly node: LoopNode;
  /** The Einsum's own variable. */
  readonly rank: string;
  /** Size above over tile; a fraction where a shared window loop covers a consumer's rank. */
  readonly trips: number;
  /** Level that the mesh stands in front of, where the loop is unrolled in space. */
  readonly meshLevel: number | undefined;
}

/** A step, and the tile sizes above it. */
export type Step = (StoreStep | LoopStep) & { readonly extents: Extents };

/** An Einsum's own nest: the nodes from the root to its compute node. Other Einsums' tensors are left out. */
export interface Path {
  readonly einsum: Einsum;
  /** Its tensors: inputs in their order, then the output. */
  readonly tensors: readonly Projection[];
  readonly steps: readonly Step[];
  /** Tile sizes at the compute units. */
  readonly inside: Extents;
}

/**
 * The nests of all Einsums, in the order in which they run.
 *
 * @throws LoopnestError `input` if an Einsum has no compute node or two, or a node names what there is not.
 */
export function pathsOf({ architecture, cascade, mapping }: TreeCase): Path[] {
  const levels = architecture.levels.map((level) => level.name);
  const nodes = new Map<string, readonly TreeNode[]>();
  collect(mapping, [], nodes);
  return cascade.einsums.map((einsum) => {
    const list = nodes.get(einsum.name);
    if (list === undefined) {
      throw fault(`the mapping does not compute ${einsum.name}`, `end a branch with ["compute", "${einsum.name}"]`);
    }
    const tensors = [...einsum.inputs, einsum.output].map(projectionOf);
    const own = new Set(tensors.map((projection) => projection.tensor));
    const ranks = new Set(tensors.flatMap((projection) => [...projection.relevant]));
    let extents: Extents = new Map([...ranks].map((rank) => [rank, sizeOf(rank, cascade.ranks)]));
    const steps: Step[] = [];
    for (const node of list) {
      if (node.kind === "store") {
        for (const step of storeSteps(node, own, levels)) steps.push({ ...step, extents });
      } else if (node.kind === "loop") {
        const step = loopStep(node, einsum.name, extents, levels);
        if (step === undefined) continue;
        steps.push({ ...step, extents });
        extents = new Map(extents).set(step.rank, node.tile);
      }
    }
    return { einsum, tensors, steps, inside: extents };
  });
}

function collect(nodes: readonly TreeNode[], above: readonly TreeNode[], into: Map<string, readonly TreeNode[]>): void {
  const last = nodes.at(-1);
  const path = [...above, ...nodes];
  if (last?.kind === "split") {
    for (const branch of last.branches) collect(branch, path.slice(0, -1), into);
  } else if (last?.kind === "compute") {
    if (into.has(last.einsum)) throw fault(`${last.einsum} is computed twice`, "give each Einsum one compute node");
    into.set(last.einsum, path);
  } else {
    throw fault("a branch ends without a compute node", 'end every branch with ["compute", EINSUM] or a split');
  }
}

function storeSteps(node: StoreNode, own: ReadonlySet<string>, levels: readonly string[]): StoreStep[] {
  const level = levelIndex(node.level, levels);
  const { persistent } = node;
  return node.tensors.filter((name) => own.has(name)).map((tensor) => ({ kind: "store", level, tensor, persistent }));
}

/** `undefined` for a loop that is none to this Einsum. */
function loopStep(node: LoopNode, einsum: string, extents: Extents, levels: readonly string[]): LoopStep | undefined {
  const rank = typeof node.rank === "string" ? node.rank : node.rank.get(einsum);
  if (rank === undefined) return undefined;
  const above = extents.get(rank);
  if (above === undefined) {
    throw fault(`a loop over ${rank} stands above ${einsum}, which has no such rank`, "move it below the split");
  }
  return {
    kind: "loop",
    node,
    rank,
    trips: above / node.tile,
    meshLevel: node.mesh === undefined ? undefined : levelIndex(node.mesh.level, levels),
  };
}

function levelIndex(name: string, levels: readonly string[]): number {
  const index = levels.indexOf(name);
  if (index < 0) throw fault(`the mapping names the level ${name}`, `use one of ${levels.join(", ")}`);
  return index;
}

function sizeOf(rank: string, ranks: ReadonlyMap<string, number>): number {
  const size = ranks.get(rank);
  if (size !== undefined) return size;
  throw new LoopnestError({
    code: "input",
    path: "workload.ranks",
    problem: `the size of ${rank} is not given`,
    fix: `add it to the ranks beside ${[...ranks.keys()].join(", ")}`,
    got: rank,
  });
}

function fault(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "mapping", problem, fix });
}
