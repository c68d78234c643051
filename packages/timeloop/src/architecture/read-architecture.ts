import type { Architecture, Problem } from "@loopnest/mapspace";
import { HARDWARE_ROOTS, readConstraintList, readConstraintRoots } from "../constraints/constraint-lists.js";
import { gatherConstraints } from "../constraints/level-constraints.js";
import { type CostOptions, Costs } from "../costs/costs.js";
import type { Ignored } from "../layout/component.js";
import { checkMeshes } from "../layout/mesh.js";
import { readLayout } from "../layout/read-layout.js";
import type { Field } from "../yaml/field.js";
import type { SourceFile } from "../yaml/fill-includes.js";
import type { NoteOptions } from "../yaml/note.js";
import { readYaml } from "../yaml/read-yaml.js";
import { computeUnits } from "./compute.js";
import { checkParallel, keptTensors } from "./kept-tensors.js";
import { storageLevel } from "./storage.js";

/** How an architecture is read, and where its costs come from. */
export interface ArchitectureOptions extends CostOptions, NoteOptions {
  /** Name of the file, for errors. */
  readonly file: string;
  /**
   * A file with `architecture_constraints:`, where they are not in the same file: they say what a level cannot keep.
   */
  readonly constraints?: SourceFile;
  /** Components (networks, say) and attributes to leave out, by name. */
  readonly ignore?: Ignored;
}

/**
 * Reads a Timeloop architecture: flat (`arch: storage, arithmetic`), tree (`architecture: subtree`, versions 0.2 and
 * 0.3) or nodes (version 0.4).
 *
 * A level can keep every tensor of the problem that no constraint of the hardware makes it bypass. Energies and areas
 * come from `energyTable` and `areaTable`, else the ERT and ART, else the attributes `vector-access-energy`, `energy`,
 * `cluster-area` and `area`; DRAM has no area unless one is given.
 *
 * @throws LoopnestError `input` at a wrong or missing field or number, `unsupported` at what loopnest cannot express,
 * as sparsity. Both name file, line and column.
 */
export function readArchitecture(text: string, problem: Problem, options: ArchitectureOptions): Architecture {
  const root = readYaml({ file: options.file, text }, options);
  const architecture =
    root.get("architecture", "arch") ??
    root.fail("there is no architecture", "an architecture file has architecture: at the top");
  const roots = options.constraints === undefined ? [root] : [root, readYaml(options.constraints, options)];
  return architectureOf(architecture, problem, roots, options);
}

/**
 * Reads the value of `architecture:`; `roots` are the files that may hold constraints of the hardware, and variables.
 */
export function architectureOf(
  architecture: Field,
  problem: Problem,
  roots: readonly Field[],
  options: CostOptions & NoteOptions & { readonly ignore?: Ignored },
): Architecture {
  const variables = roots.flatMap((root) => root.get("variables") ?? []);
  const layout = readLayout(architecture, problem, options.ignore ?? [], variables);
  const levels = layout.storage.map((level) => level.name);
  const inside = architecture.get("constraints");
  // In version 0.4 all constraints are those of the hardware, and stand in its nodes or in one list beside them.
  const hardwareRoots = architecture.get("nodes") === undefined ? HARDWARE_ROOTS : [...HARDWARE_ROOTS, "constraints"];
  const constraints = gatherConstraints(levels, [
    ...layout.directives,
    ...(inside === undefined ? [] : readConstraintList(inside, levels, problem)),
    ...roots.flatMap((root) => readConstraintRoots(root, hardwareRoots, levels, problem)),
  ]);
  checkParallel(layout, constraints, problem);
  checkMeshes([...layout.storage, layout.compute]);
  const costs = new Costs(options);
  return {
    name: layout.name ?? "architecture",
    levels: layout.storage.map((level, l) => storageLevel(level, keptTensors(level, constraints[l]!, problem), costs)),
    compute: computeUnits(layout.compute, costs),
  };
}
