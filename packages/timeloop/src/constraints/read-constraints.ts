import type { Architecture, Problem } from "@loopnest/mapspace";
import type { Directive } from "../directives/directive.js";
import type { Ignored } from "../layout/component.js";
import { readLayout } from "../layout/read-layout.js";
import type { Field } from "../yaml/field.js";
import type { NoteOptions } from "../yaml/note.js";
import { readYaml } from "../yaml/read-yaml.js";
import { HARDWARE_ROOTS, MAPSPACE_ROOTS, readConstraintList, readConstraintRoots } from "./constraint-lists.js";
import { gatherConstraints, type LevelConstraints } from "./level-constraints.js";

/** How constraints are read. */
export interface ConstraintOptions extends NoteOptions {
  /** Name of the file, for errors. */
  readonly file: string;
  /** Names of components that were left out of the architecture. */
  readonly ignore?: Ignored;
}

/**
 * Reads all constraints of a file: `architecture_constraints`, `mapspace_constraints`, `mapspace`, `constraints`, and
 * those that a v0.4 architecture carries itself. One entry per storage level, outermost first.
 *
 * @throws LoopnestError `input` at a wrong field or a contradiction, `unsupported` at a constraint that loopnest has no
 * notion of.
 */
export function readConstraints(
  text: string,
  architecture: Architecture,
  problem: Problem,
  options: ConstraintOptions,
): LevelConstraints[] {
  const root = readYaml({ file: options.file, text }, options);
  const levels = architecture.levels.map((level) => level.name);
  const variables = root.get("variables");
  const known = { ignored: options.ignore ?? [], variables: variables === undefined ? [] : [variables] };
  return gatherConstraints(levels, constraintsOf(root, levels, problem, known));
}

/** What an architecture is read with beside its own text. */
export interface Known {
  readonly ignored: Ignored;
  /** `variables:` of the files, which expressions refer to. */
  readonly variables: readonly Field[];
}

/** All constraints of a file, in the order in which they are written. */
export function constraintsOf(root: Field, levels: readonly string[], problem: Problem, known: Known): Directive[] {
  const architecture = root.get("architecture", "arch");
  return [
    ...(architecture === undefined ? [] : architectureConstraints(architecture, levels, problem, known)),
    ...readConstraintRoots(root, [...HARDWARE_ROOTS, ...MAPSPACE_ROOTS], levels, problem),
  ];
}

/** Constraints inside the value of `architecture:`. */
function architectureConstraints(
  architecture: Field,
  levels: readonly string[],
  problem: Problem,
  { ignored, variables }: Known,
): Directive[] {
  const list = architecture.get("constraints");
  const hasNodes = architecture.get("nodes") !== undefined;
  const inside = hasNodes ? readLayout(architecture, problem, ignored, variables).directives : [];
  return [...inside, ...(list === undefined ? [] : readConstraintList(list, levels, problem))];
}
