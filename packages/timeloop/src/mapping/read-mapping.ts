import type { Architecture, LevelMapping, Mapping, Problem, SpatialLoop, TemporalLoop } from "@loopnest/mapspace";
import { type Directive, type DirectiveKind, directiveKind, readDirective } from "../directives/directive.js";
import { targetLevel } from "../directives/target-level.js";
import type { Field } from "../yaml/field.js";
import type { NoteOptions } from "../yaml/note.js";
import { readYaml } from "../yaml/read-yaml.js";

/** How a mapping is read. */
export interface MappingOptions extends NoteOptions {
  /** Name of the file, for errors. */
  readonly file: string;
}

/**
 * Reads a Timeloop mapping: directives of type `temporal`, `spatial` and `datatype` (or `bypass`) for storage levels.
 *
 * What a directive leaves out is as Timeloop has it: factors of 1, dimensions that no permutation names outermost and
 * in the order of the problem, all spatial loops along X, tensors kept wherever the hardware can. A factor of 0 is the
 * whole bound. Loops of factor 1 are left out of the result. That the factors fit the bounds is for the model to check.
 *
 * @throws LoopnestError `input` at a wrong field or at a tensor that the level cannot keep; `unsupported` at skews,
 * imperfect factors and other things loopnest cannot express.
 */
export function readMapping(
  text: string,
  architecture: Architecture,
  problem: Problem,
  options: MappingOptions,
): Mapping {
  const root = readYaml({ file: options.file, text }, options);
  return mappingOf(root.need("mapping", "a mapping file has mapping: at the top"), architecture, problem);
}

/** Reads the value of `mapping:`. */
export function mappingOf(mapping: Field, architecture: Architecture, problem: Problem): Mapping {
  const names = architecture.levels.map((level) => level.name);
  const list = mapping.isList
    ? mapping
    : (mapping.get("targets", "nodes") ?? mapping.fail("is no list", "list the directives"));
  const directives = list.items().map((field) => {
    const kind = directiveKind(field);
    return readDirective(field, targetLevel(field, kind, names), kind, problem);
  });
  checkPerfect(directives);
  directives.forEach(({ field, level, kind }, i) => {
    if (directives.findIndex((other) => other.level === level && other.kind === kind) === i) return;
    field.fail(`a second ${kind} directive for ${level}`, "write one of each type per level", { level });
  });
  return architecture.levels.map(({ name, keeps }): LevelMapping => {
    const find = (kind: DirectiveKind) =>
      directives.find((directive) => directive.level === name && directive.kind === kind);
    return {
      level: name,
      temporal: loops(find("temporal"), problem)
        .map(({ dim, factor }): TemporalLoop => [dim, factor])
        .reverse(),
      spatial: loops(find("spatial"), problem)
        .map(({ dim, factor, isX }): SpatialLoop => [dim, factor, isX ? "X" : "Y"])
        .reverse(),
      keeps: kept(find("bypass"), name, keeps),
    };
  });
}

/** Refuses factors whose last round is shorter, and says which bound would make all rounds alike. */
function checkPerfect(directives: readonly Directive[]): void {
  const factors = directives.flatMap(({ field, factors }) => factors.map((factor) => ({ field, ...factor })));
  for (const { field, dim, value, last } of factors) {
    if (last === undefined) continue;
    const own = factors.filter((factor) => factor.dim === dim);
    const padded = own.reduce((product, factor) => (factor.value === "all" ? product : product * factor.value), 1);
    const where = field.get("factors") ?? field;
    where.unsupported(
      `${dim}=${value},${last.iterations} is an imperfect factor`,
      `pad ${dim} to ${padded}: write ${dim}=${value} here and a bound of ${padded} in the problem`,
      { dim, position: last.position },
    );
  }
}

/** Loops of a directive with a factor above 1, innermost first. */
function loops(directive: Directive | undefined, problem: Problem): { dim: string; factor: number; isX: boolean }[] {
  if (directive === undefined) return [];
  const { field, level, factors, order: listed, split } = directive;
  const dims = Object.keys(problem.dims);
  const factorOf = new Map<string, number>();
  for (const { dim, relation, value } of factors) {
    if (relation !== "=")
      field.fail(`${dim}${relation}${value} in a mapping`, "a mapping has one factor: write =", { level, dim });
    factorOf.set(dim, value === "all" ? problem.dims[dim]! : value);
  }
  // Timeloop appends what a permutation leaves out, in the order of the problem's dimensions.
  const order = [...(listed ?? []), ...dims.filter((dim) => !(listed ?? []).includes(dim))];
  const open = dims.filter((dim) => (factorOf.get(dim) ?? 1) > 1 && !(listed ?? []).includes(dim));
  if (open.length > 1) {
    const problem = `${level}: the permutation leaves out ${open.join(", ")}: outermost, in the order of the problem`;
    field.note(problem);
  }
  return order
    .map((dim, i) => ({ dim, factor: factorOf.get(dim) ?? 1, isX: i < (split ?? order.length) }))
    .filter(({ factor }) => factor > 1);
}

/** Kept tensors: those listed, then those that are neither listed nor bypassed and that the hardware can keep. */
function kept(directive: Directive | undefined, level: string, hardware: readonly string[]): readonly string[] {
  if (directive === undefined) return hardware;
  const { field, keep, bypass } = directive;
  for (const tensor of keep) {
    if (bypass.includes(tensor)) field.fail(`${tensor} is kept and bypassed`, "list it once", { level, tensor });
    if (!hardware.includes(tensor)) {
      field.fail(`${level} cannot keep ${tensor}`, `keep a subset of ${hardware.join(", ") || "nothing"}`, {
        level,
        tensor,
      });
    }
  }
  return [...keep, ...hardware.filter((tensor) => !keep.includes(tensor) && !bypass.includes(tensor))];
}
