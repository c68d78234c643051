import { type Architecture, LoopnestError, type Mapping, type Problem, similarNames } from "@loopnest/mapspace";
import { architectureOf } from "./architecture/read-architecture.js";
import { gatherConstraints, type LevelConstraints } from "./constraints/level-constraints.js";
import { constraintsOf } from "./constraints/read-constraints.js";
import type { CostOptions } from "./costs/costs.js";
import type { Ignored } from "./layout/component.js";
import { mappingOf } from "./mapping/read-mapping.js";
import { problemOf } from "./problem/read-problem.js";
import type { Field } from "./yaml/field.js";
import { fileNamed, includesOf, type SourceFile } from "./yaml/fill-includes.js";
import type { Note } from "./yaml/note.js";
import { readYaml } from "./yaml/read-yaml.js";

/** How the files of a run are read. */
export interface ImportOptions extends Omit<CostOptions, "ert" | "art"> {
  /** Components (networks, say) and attributes to leave out, by name. */
  readonly ignore?: Ignored;
}

/** What a set of Timeloop files describes. */
export interface TimeloopImport {
  readonly architecture: Architecture;
  readonly problem: Problem;
  /** Null if no file has a mapping (input for timeloop-mapper). */
  readonly mapping: Mapping | null;
  /** Constraints of the hardware and of the mapspace together: one entry per storage level, outermost first. */
  readonly constraints: readonly LevelConstraints[];
  /** What was read otherwise than it stands in the files, or not at all, each once. */
  readonly notes: readonly Note[];
}

/** What may stand at the top of a file: once in all files, or without any effect on what is imported. */
const ONCE = ["architecture", "arch", "problem", "mapping", "ERT", "ART"];
const CONSTRAINTS = ["architecture_constraints", "arch_constraints", "mapspace_constraints", "mapspace", "constraints"];
const WITHOUT_EFFECT = ["mapper", "model", "evaluator", "layout", "shape", "version", "dumped_by_timeloop_front_end"];
/** Inputs of the energy estimator, whose results are in the ERT and ART. */
const ESTIMATOR = ["compound_components", "components", "primitive_components", "globals", "variables"];
/** Reports for people, which repeat what is in other files. */
const REPORTS = ["ERT_summary", "ART_summary", "energy_estimation", "flattened_architecture", "action_counts"];

/**
 * Reads the files that one run of Timeloop would be given, in any order: architecture and problem, and optionally a
 * mapping, constraints, an ERT, an ART, problem shapes and texts that they include.
 *
 * @throws LoopnestError `input` or `unsupported` with file, line, column and field, where something is missing, wrong,
 * or beyond loopnest.
 */
export function importTimeloop(files: readonly SourceFile[], options: ImportOptions = {}): TimeloopImport {
  const notes = new Map<string, Note>();
  const onNote = (note: Note) => void notes.set(JSON.stringify(note), note);
  const included = new Set(
    files.flatMap(({ text }) => includesOf(text)).flatMap((name) => fileNamed(files, name) ?? []),
  );
  const found = files
    .filter((file) => !included.has(file))
    .map((file) => ({ file, root: readYaml(file, { files, onNote }) }));
  const roots = found.map(({ root }) => root);
  roots.forEach(checkRoot);
  const one = (...names: string[]) => single(found, names);
  const shapes = found.filter(({ root }) => root.get("shape") !== undefined).map(({ file }) => file);
  const problem = problemOf(need(one("problem"), files, "problem"), shapes);
  const architectureField = need(one("architecture", "arch"), files, "architecture");
  const ert = one("ERT") && found.find(({ root }) => root.get("ERT") !== undefined)!.file;
  const art = one("ART") && found.find(({ root }) => root.get("ART") !== undefined)!.file;
  const costs = { ...options, onNote, ...(ert === undefined ? {} : { ert }), ...(art === undefined ? {} : { art }) };
  const architecture = architectureOf(architectureField, problem, roots, costs);
  const levels = architecture.levels.map((level) => level.name);
  const mapping = one("mapping");
  const known = { ignored: options.ignore ?? [], variables: roots.flatMap((root) => root.get("variables") ?? []) };
  return {
    architecture,
    problem,
    mapping: mapping === undefined ? null : mappingOf(mapping, architecture, problem),
    constraints: gatherConstraints(
      levels,
      roots.flatMap((root) => constraintsOf(root, levels, problem, known)),
    ),
    notes: [...notes.values()],
  };
}

/** The one field of these names in all files. */
function single(found: readonly { root: Field }[], names: readonly string[]): Field | undefined {
  const fields = found
    .flatMap(({ root }) => names.flatMap((name) => root.get(name) ?? []))
    .filter((field) => !field.isEmpty && !(field.isList && field.items().length === 0));
  fields[1]?.fail(`a second ${fields[1].key}`, "give one", { position: fields[1].keyPosition });
  return fields[0];
}

function need(field: Field | undefined, files: readonly SourceFile[], name: string): Field {
  if (field !== undefined) return field;
  const list = files.map(({ file }) => file).join(", ");
  throw new LoopnestError({
    code: "input",
    problem: `no file has ${name}: at the top`,
    fix: `add the file with the ${name} to ${list || "the files"}`,
  });
}

function checkRoot(root: Field): void {
  for (const field of root.fields()) {
    if ([...ONCE, ...CONSTRAINTS, ...WITHOUT_EFFECT, ...ESTIMATOR].includes(field.name)) continue;
    if (field.name === "sparse_optimizations" || field.name === "sparse_opts") {
      field.unsupported("sparse optimizations", "leave them out", { position: field.keyPosition });
    }
    // A value that others of the file stand for need not mean anything by itself.
    if (field.isAnchored) continue;
    const position = field.keyPosition;
    if (REPORTS.includes(field.name)) {
      field.note(`${field.key} is a report and is skipped`, position);
      continue;
    }
    const similar = similarNames(field.key, [...ONCE, ...CONSTRAINTS]);
    if (similar.length === 0) {
      field.note(`${field.key} is nothing that Timeloop reads and is skipped`, position);
      continue;
    }
    const fix = `did you mean ${similar.join(" or ")}`;
    field.fail(`there is no ${field.key} at the top of a file`, fix, { position, got: field.key });
  }
}
