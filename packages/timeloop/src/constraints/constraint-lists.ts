import type { Problem } from "@loopnest/mapspace";
import { type Directive, directiveKind, readDirective } from "../directives/directive.js";
import { targetLevel } from "../directives/target-level.js";
import type { Field } from "../yaml/field.js";

/** Names at the top of a file under which Timeloop finds constraints of the hardware ... */
export const HARDWARE_ROOTS = ["architecture_constraints", "arch_constraints"] as const;
/** ... and those that only narrow the search. */
export const MAPSPACE_ROOTS = ["mapspace_constraints", "constraints", "mapspace"] as const;

/** Reads the constraints under some names at the top of a file. */
export function readConstraintRoots(
  root: Field,
  names: readonly string[],
  levels: readonly string[],
  problem: Problem,
): Directive[] {
  return names.flatMap((name) => {
    const field = root.get(name);
    return field === undefined ? [] : readConstraintList(field, levels, problem);
  });
}

/**
 * Reads a list of constraints, or a map that holds it as `targets`, `constraints` or under a name that `constraints`
 * gives.
 */
export function readConstraintList(field: Field, levels: readonly string[], problem: Problem): Directive[] {
  if (field.isEmpty) return [];
  if (field.isList) return field.items().flatMap((item) => readEntry(item, levels, problem));
  const constraints = field.get("constraints");
  const named = constraints !== undefined && !constraints.isList && !constraints.isEmpty;
  if (!named) {
    const list = constraints ?? field.get("targets");
    return list === undefined ? [] : readConstraintList(list, levels, problem);
  }
  const name = constraints.text();
  const list = field.get(`constraints_${name}`) ?? constraints.fail(`there is no constraints_${name}`, "add it here");
  return readConstraintList(list, levels, problem);
}

/**
 * A least share of the units to be used: it says nothing about the mapspace of a level, so that a target cannot hold
 * it.
 */
function isUtilization(constraint: Field): boolean {
  const type = constraint.get("type");
  const found = type !== undefined && ["utilization", "parallelism"].includes(String(type.value()));
  if (found) type.note(`a least ${type.text()} is not held: mappings that use fewer units are in the mapspace too`);
  return found;
}

/** One constraint, or several for one target. */
function readEntry(field: Field, levels: readonly string[], problem: Problem): Directive[] {
  const nested = field.get("constraints")?.items();
  return (nested ?? [field]).flatMap((constraint) => {
    if (isUtilization(constraint)) return [];
    const kind = directiveKind(constraint);
    return readDirective(constraint, targetLevel(field, kind, levels), kind, problem);
  });
}
