import type { Problem } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import { type Factor, readFactors } from "./factors.js";
import { readOrder } from "./loop-order.js";

/** What a directive is about: loops over time, loops over space, or which tensors a level keeps. */
export type DirectiveKind = "temporal" | "spatial" | "bypass";

/** One entry of a mapping or of a list of constraints. */
export interface Directive {
  readonly field: Field;
  readonly level: string;
  readonly kind: DirectiveKind;
  readonly factors: readonly Factor[];
  /** Innermost first; null if none is given. */
  readonly order: readonly string[] | null;
  /** The first `split` dimensions of the order go to columns (X), the others to rows (Y). */
  readonly split: number | null;
  readonly keep: readonly string[];
  readonly bypass: readonly string[];
}

const KINDS: ReadonlyMap<string, DirectiveKind> = new Map([
  ["temporal", "temporal"],
  ["spatial", "spatial"],
  ["datatype", "bypass"],
  ["bypass", "bypass"],
  ["bypassing", "bypass"],
  ["dataspace", "bypass"],
]);

const LOOPS = [
  "factors",
  "permutation",
  "factors_only",
  "no_iteration_over_dataspaces",
  "must_iterate_over_dataspaces",
  "default_max",
  "default_max_factor",
  "default_min_factor",
];
/** Wishes for Timeloop's mapper that forbid nothing. */
const WISHES = ["maximize_dims", "maximize_dims_capacity"];
const FIELDS: Readonly<Record<DirectiveKind, readonly string[]>> = {
  temporal: LOOPS,
  spatial: [...LOOPS, "split"],
  bypass: ["keep", "bypass", "keep_only", "bypass_only"],
};

/** The kind of a directive by its `type`. */
export function directiveKind(field: Field): DirectiveKind {
  const type = field.need("type", "give a type: temporal, spatial or datatype");
  return (
    KINDS.get(type.text()) ??
    type.unsupported(`a directive of type ${type.text()}`, "types are temporal, spatial and datatype")
  );
}

/** Reads the body of a directive: factors, permutation and split, or keep and bypass. */
export function readDirective(field: Field, level: string, kind: DirectiveKind, problem: Problem): Directive {
  const body = field.get("attributes") ?? field;
  for (const part of [...field.fields(), ...(body === field ? [] : body.fields())]) {
    if (FIELDS[kind].includes(part.name) || ["target", "name", "type", "attributes"].includes(part.name)) continue;
    if (part.isEmpty || (part.isList && part.items().length === 0)) continue;
    if (WISHES.includes(part.name)) {
      part.note(`${part.key} is for Timeloop's mapper and not held`, part.keyPosition);
      continue;
    }
    part.unsupported(`${part.key} in a ${kind} directive`, `a ${kind} directive has ${FIELDS[kind].join(", ")}`, {
      position: part.keyPosition,
      level,
    });
  }
  const dims = Object.keys(problem.dims);
  const order = body.get("permutation");
  const tensors = (name: string) => readTensors(body.get(name), problem);
  const keepOnly = tensors("keep_only");
  const bypassOnly = tensors("bypass_only");
  const all = problem.tensors.map((tensor) => tensor.name);
  return {
    field,
    level,
    kind,
    factors: kind === "bypass" ? [] : directiveFactors(body, dims, problem),
    order: order === undefined || kind === "bypass" ? null : readOrder(order, dims),
    split: (body.get("split") ?? field.get("split"))?.whole(0) ?? null,
    keep: [...(tensors("keep") ?? []), ...(keepOnly ?? []), ...(bypassOnly === null ? [] : except(all, bypassOnly))],
    bypass: [...(tensors("bypass") ?? []), ...(bypassOnly ?? []), ...(keepOnly === null ? [] : except(all, keepOnly))],
  };
}

/** Factors, and what the front end's short forms stand for: a factor of 1 for every dimension they leave out. */
function directiveFactors(body: Field, dims: readonly string[], problem: Problem): Factor[] {
  const written = ["factors", "factors_only"].flatMap((name) => {
    const field = body.get(name);
    return field === undefined ? [] : readFactors(field, dims);
  });
  const fixed = new Set<string>();
  if (body.get("factors_only") !== undefined) for (const dim of dims) fixed.add(dim);
  const none = readTensors(body.get("no_iteration_over_dataspaces"), problem);
  for (const dim of relevant(none ?? [], problem)) fixed.add(dim);
  const must = readTensors(body.get("must_iterate_over_dataspaces"), problem);
  if (must !== null) for (const dim of except(dims, relevant(must, problem))) fixed.add(dim);
  const open = (dim: string) => !written.some((factor) => factor.dim === dim);
  const missing = [...fixed].filter(open).map((dim): Factor => ({ dim, relation: "=", value: 1 }));
  const limit = (relation: "<=" | ">=", ...names: string[]) => {
    const value = body.get(...names)?.whole();
    return value === undefined ? [] : dims.filter(open).map((dim): Factor => ({ dim, relation, value }));
  };
  const most = limit("<=", "default_max_factor", "default_max");
  return [...written, ...missing, ...most, ...limit(">=", "default_min_factor")];
}

function readTensors(field: Field | undefined, problem: Problem): string[] | null {
  if (field === undefined || field.isEmpty) return null;
  const all = problem.tensors.map((tensor) => tensor.name);
  return field.words().flatMap((name) => {
    if (name === "*") return all;
    if (all.includes(name)) return [name];
    return field.fail(`unknown tensor ${name}`, `the problem has ${all.join(", ")}`, { tensor: name, got: name });
  });
}

function relevant(tensors: readonly string[], problem: Problem): string[] {
  const found = problem.tensors.filter((tensor) => tensors.includes(tensor.name));
  return found.flatMap((tensor) => tensor.ranks.flat().map(([dim]) => dim));
}

function except(names: readonly string[], without: readonly string[]): string[] {
  return names.filter((name) => !without.includes(name));
}
