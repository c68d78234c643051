import type { Architecture, Problem } from "@loopnest/mapspace";
import { HARDWARE_ROOTS, readConstraintList, readConstraintRoots } from "../constraints/constraint-lists.js";
import { gatherConstraints, type LevelConstraints } from "../constraints/level-constraints.js";
import { type CostOptions, Costs } from "../costs/costs.js";
import type { Component, Ignored } from "../layout/component.js";
import { readLayout } from "../layout/read-layout.js";
import type { Field } from "../yaml/field.js";
import { readYaml, type SourceFile } from "../yaml/read-yaml.js";
import { computeUnits } from "./compute.js";
import { storageLevel } from "./storage.js";

/** How an architecture is read, and where its costs come from. */
export interface ArchitectureOptions extends CostOptions {
  /** Name of the file, for errors. */
  readonly file: string;
  /** A file with `architecture_constraints:`, where they are not in the same file: they say what a level cannot keep. */
  readonly constraints?: SourceFile;
  /** Components (networks, say) and attributes to leave out, by name. */
  readonly ignore?: Ignored;
}

/**
 * Reads a Timeloop architecture: flat (`arch: storage, arithmetic`), tree (`architecture: subtree`, versions 0.2 and 0.3) or nodes
 * (version 0.4).
 *
 * A level can keep every tensor of the problem that no constraint of the hardware makes it bypass. Energies and areas come from
 * `energyTable` and `areaTable`, else the ERT and ART, else the attributes `vector-access-energy`, `energy`, `cluster-area` and
 * `area`; DRAM has no area unless one is given.
 *
 * @throws LoopnestError `input` at a wrong or missing field or number, `unsupported` at what loopnest cannot express: clusters,
 * networks, sparsity, latencies. Both name file, line and column.
 */
export function readArchitecture(text: string, problem: Problem, options: ArchitectureOptions): Architecture {
  const root = readYaml({ file: options.file, text });
  const architecture =
    root.get("architecture", "arch") ??
    root.fail("there is no architecture", "an architecture file has architecture: at the top");
  const roots = options.constraints === undefined ? [root] : [root, readYaml(options.constraints)];
  return architectureOf(architecture, problem, roots, options);
}

/** Reads the value of `architecture:`; `roots` are the files that may hold constraints of the hardware. */
export function architectureOf(
  architecture: Field,
  problem: Problem,
  roots: readonly Field[],
  options: CostOptions & { readonly ignore?: Ignored },
): Architecture {
  const layout = readLayout(architecture, problem, options.ignore ?? []);
  const levels = layout.storage.map((level) => level.name);
  const inside = architecture.get("constraints");
  const constraints = gatherConstraints(levels, [
    ...layout.directives,
    ...(inside === undefined ? [] : readConstraintList(inside, levels, problem)),
    ...roots.flatMap((root) => readConstraintRoots(root, HARDWARE_ROOTS, levels, problem)),
  ]);
  const costs = new Costs(options);
  return {
    name: layout.name ?? "architecture",
    levels: layout.storage.map((level, l) => storageLevel(level, keeps(level, constraints[l]!, problem), costs)),
    compute: computeUnits(layout.compute, costs),
  };
}

/** The attribute `keeps`, which `writeArchitecture` adds for its order, or all tensors that are not to bypass. */
function keeps(level: Component, constraints: LevelConstraints, problem: Problem): readonly string[] {
  const every = problem.tensors.map((tensor) => tensor.name);
  const allowed = every.filter((tensor) => !constraints.bypass.includes(tensor));
  const field = level.attributes.get("keeps");
  if (field === undefined) return allowed;
  const listed = field.words();
  const same = listed.length === allowed.length && listed.every((tensor) => allowed.includes(tensor));
  if (same) return listed;
  return field.fail(
    `${level.name} keeps ${listed.join(", ") || "nothing"}, but constraints leave ${allowed.join(", ") || "nothing"}`,
    "make the two agree, or drop the attribute",
    { level: level.name },
  );
}
