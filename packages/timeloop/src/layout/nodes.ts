import type { Problem } from "@loopnest/mapspace";
import { type Directive, readDirective } from "../directives/directive.js";
import { fanOutName } from "../directives/target-level.js";
import type { Field } from "../yaml/field.js";
import { Attributes } from "./attributes.js";
import { type Component, classOf, componentKind, type Ignored, isDummy } from "./component.js";
import { type Layout, onlyCompute } from "./layout.js";

/**
 * Reads the node style: a list of `!Container` and `!Component`, outermost first, with `!Hierarchical` and `!Parallel`
 * lists inside.
 *
 * A node with a fan-out becomes a level of its own in front of it, `inter_NAME_spatial`, that keeps nothing and holds
 * the spatial loops: this is how Timeloop's front end translates it, and what its mapping files name. Attributes of
 * containers hold for everything after them; they may be expressions of each other and of the file's variables. In a
 * `!Parallel` list a tensor passes through the node that keeps it and by the others.
 */
export function readNodes(
  architecture: Field,
  problem: Problem,
  ignored: Ignored,
  variables: readonly Field[],
): Layout {
  return new NodeReader(problem, ignored, variables).read(architecture);
}

/** A directive that asks for nothing. */
const EMPTY = { factors: [], order: null, split: null, keep: [], bypass: [] } as const;

class NodeReader {
  readonly #problem: Problem;
  readonly #ignored: Ignored;
  readonly #variables: readonly Field[];
  readonly #storage: Component[] = [];
  readonly #compute: Component[] = [];
  readonly #directives: Directive[] = [];
  readonly #parallel: Layout["parallel"][number][] = [];
  #inherited: Field[] = [];
  #meshX = 1;
  #meshY = 1;
  #name: string | null = null;

  constructor(problem: Problem, ignored: Ignored, variables: readonly Field[]) {
    this.#problem = problem;
    this.#ignored = ignored;
    this.#variables = variables;
  }

  read(architecture: Field): Layout {
    this.#list(architecture.need("nodes", "list the nodes"), false);
    const compute = onlyCompute(architecture, this.#compute);
    return {
      name: this.#name,
      storage: this.#storage,
      compute,
      directives: this.#directives,
      parallel: this.#parallel,
    };
  }

  #list(nodes: Field, parallel: boolean): void {
    if (parallel) this.#checkBranches(nodes);
    for (const node of nodes.items()) {
      if (parallel && !this.#parallel.some(({ field }) => field === nodes)) this.#passBy(node);
      switch (node.tag) {
        case "!Hierarchical":
          this.#list(node.need("nodes", "list the nodes"), false);
          break;
        case "!Parallel":
          this.#list(node.need("nodes", "list the nodes"), true);
          break;
        case "!Container":
        case "!Component":
        case "!Element": // what a component was called at first
          this.#leaf(node, parallel);
          break;
        case "!Nothing":
          break;
        default:
          node.unsupported(
            node.tag === null ? "a node without a tag" : `a node ${node.tag}`,
            "use !Container, !Component, !Nothing, !Hierarchical or !Parallel",
          );
      }
    }
  }

  #leaf(node: Field, parallel: boolean): void {
    if (node.get("enabled")?.flag() === false) return;
    const isContainer = node.tag === "!Container";
    const name = node.need("name", "name the node").text();
    const attributes = node.get("attributes");
    if (isContainer) {
      this.#name ??= name;
      if (attributes !== undefined) this.#inherited = [attributes, ...this.#inherited];
    }
    const kind = isContainer ? null : componentKind(node, name, this.#ignored, "refused");
    if (!isContainer && kind === null) return;
    const sparse = node.get("sparse_optimizations");
    if (sparse !== undefined && !sparse.isEmpty) sparse.unsupported("sparse optimizations", "leave them out");
    this.#fanOut(node, name, parallel);
    this.#constraints(node, ["temporal", "dataspace"], kind === null ? null : name);
    if (kind === null) return;
    const own = attributes === undefined ? [] : [attributes];
    const all = new Attributes([...own, ...this.#inherited], this.#variables);
    const isDram = /DRAM/.test(classOf(node)?.text() ?? "");
    const size = { instances: this.#meshX * this.#meshY, meshX: this.#meshX, isFanOut: isDummy(node) };
    (kind === "storage" ? this.#storage : this.#compute).push({
      name,
      kind,
      isDram,
      field: node,
      attributes: all,
      ...size,
    });
  }

  /** Multiplies the mesh; the level in front stands at the mesh before. */
  #fanOut(node: Field, name: string, parallel: boolean): void {
    const spatial = node.get("spatial");
    const attributes = node.get("attributes");
    const known = new Attributes(
      [...(attributes === undefined ? [] : [attributes]), ...this.#inherited],
      this.#variables,
    );
    const mesh = (axis: string) => {
      const size = spatial?.get(axis);
      return size === undefined ? 1 : known.workedOut(size).whole();
    };
    const [meshX, meshY] = [mesh("meshX"), mesh("meshY")];
    for (const field of spatial?.fields() ?? []) {
      if (!["meshX", "meshY"].includes(field.name))
        field.fail(`there is no ${field.key}`, "spatial has meshX and meshY", { position: field.keyPosition });
    }
    if (meshX * meshY === 1) {
      this.#constraints(node, ["spatial"], null);
      return;
    }
    if (parallel) spatial!.unsupported("a fan-out directly in a !Parallel list", "put it in a node before the list");
    const level = fanOutName(name);
    const size = { instances: this.#meshX * this.#meshY, meshX: this.#meshX, isFanOut: true };
    this.#storage.push({
      ...{ name: level, kind: "storage", isDram: false, field: node, attributes: new Attributes([]) },
      ...size,
    });
    this.#constraints(node, ["spatial"], level);
    const bypass = this.#problem.tensors.map((tensor) => tensor.name);
    const factors = Object.keys(this.#problem.dims).map((dim) => ({ dim, relation: "=", value: 1 }) as const);
    this.#directives.push(
      { ...EMPTY, field: spatial!, level, kind: "bypass", bypass },
      { ...EMPTY, field: spatial!, level, kind: "temporal", factors },
    );
    this.#meshX *= meshX;
    this.#meshY *= meshY;
  }

  /** Reads constraints of a node; `level` null: it has no level that they could hold for. */
  #constraints(node: Field, kinds: readonly string[], level: string | null): void {
    for (const body of node.get("constraints")?.fields() ?? []) {
      if (!["spatial", "temporal", "dataspace"].includes(body.name)) {
        body.unsupported(`the constraint ${body.key}`, "constraints are spatial, temporal and dataspace", {
          position: body.keyPosition,
        });
      }
      if (!kinds.includes(body.name) || body.isEmpty) continue;
      const kind = body.name === "dataspace" ? "bypass" : (body.name as "spatial" | "temporal");
      if (level === null) {
        // Timeloop's front end drops those of containers; spatial ones of a level without fan-out forbid nothing.
        body.note(`${body.key} constraints on a node that has no such loops are not read`, body.keyPosition);
        continue;
      }
      this.#directives.push(readDirective(body, level, kind, this.#problem));
    }
  }

  /** Every tensor passes through exactly one branch of a `!Parallel` list; constraints elsewhere may say which. */
  #checkBranches(nodes: Field): void {
    const kept = nodes.items().map(keptIn);
    if (kept.every((tensors) => tensors.length === 0)) {
      this.#parallel.push({ field: nodes, branches: nodes.items().map(levelsIn) });
      return;
    }
    for (const { name } of this.#problem.tensors) {
      const count = kept.filter((tensors) => tensors.includes(name)).length;
      if (count === 1) continue;
      const problem = count === 0 ? `no branch keeps ${name}` : `${count} branches keep ${name}`;
      nodes.fail(problem, "let one branch keep it; a !Nothing keeps what passes by", { tensor: name });
    }
  }

  /** The other nodes of a `!Parallel` list keep nothing of what this branch keeps, and the other way round. */
  #passBy(branch: Field): void {
    const kept = keptIn(branch);
    const bypass = this.#problem.tensors.map((tensor) => tensor.name).filter((tensor) => !kept.includes(tensor));
    for (const level of levelsIn(branch)) {
      this.#directives.push({ ...EMPTY, field: branch, level, kind: "bypass", bypass });
    }
  }
}

function keptIn(branch: Field): string[] {
  const dataspace = branch.get("constraints")?.get("dataspace");
  const own = [...(dataspace?.get("keep")?.words() ?? []), ...(dataspace?.get("keep_only")?.words() ?? [])];
  return [...own, ...(branch.get("nodes")?.items() ?? []).flatMap(keptIn)];
}

function levelsIn(branch: Field): string[] {
  if (branch.tag === "!Component" || branch.tag === "!Element") return [branch.need("name", "name the node").text()];
  return (branch.get("nodes")?.items() ?? []).flatMap(levelsIn);
}
