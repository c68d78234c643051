import type * as z from "zod";
import { similarNames } from "../errors/did-you-mean.js";
import type { ErrorData } from "../errors/loopnest-error.js";
import { pathText } from "../yaml/path-text.js";
import { knownFields } from "./known-fields.js";
import type { Path } from "./quantities.js";
import type { SourceText } from "./source-text.js";

/** What is wrong with a document, as loopnest says it: one entry per fault, in the order of the document. */
export function documentFaults(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  source: SourceText,
): ErrorData[] {
  const faults = issues.flatMap((issue) => faultsOf(issue, [], schema, source));
  const rank = ({ position }: ErrorData) => (position?.line ?? 0) * 1e6 + (position?.column ?? 0);
  return faults.sort((a, b) => rank(a) - rank(b));
}

function faultsOf(issue: z.core.$ZodIssue, prefix: Path, schema: z.ZodType, source: SourceText): ErrorData[] {
  const path = [...prefix, ...issue.path];
  const fault = (problem: string, fix: string, rest: Partial<ErrorData> = {}): ErrorData => ({
    code: "input",
    ...(path.length > 0 ? { path: pathText(path) } : {}),
    problem,
    fix,
    position: source.positionOf(path),
    ...rest,
  });
  if (issue.code === "invalid_union") {
    const branch = closest(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => faultsOf(inner, path, schema, source));
    const forms = [...new Set(issue.errors.flat().map((inner) => expected(inner)))];
    return [
      fault(isMissing(issue, source, path) ? missing(path) : `is ${shown(issue.input)}`, `give ${forms.join(" or ")}`),
    ];
  }
  if (issue.code === "unrecognized_keys") {
    const fields = knownFields(schema, path);
    // Of thousands, as in a document of quite another kind, the first tell enough.
    const unknown = new Set(issue.keys);
    const others = Object.keys(issue.input as object).filter((key) => !unknown.has(key));
    return issue.keys.slice(0, MOST_NAMED).map((key) => ({
      // A field of another branch of a union is known, but not beside those of this one.
      ...(fields.includes(key)
        ? fault(`${key} and ${others.join(", ")} exclude each other`, "drop one of them")
        : fault(`there is no field ${key}`, suggestion(key, fields))),
      path: pathText([...path, key]),
      position: source.positionOf([...path, key], "key"),
      got: key,
    }));
  }
  if (isMissing(issue, source, path)) {
    const own = String(path.at(-1));
    const present = Object.keys((valueAt(source.data, path.slice(0, -1)) ?? {}) as object);
    const known = new Set(knownFields(schema, path.slice(0, -1)));
    const typo = similarNames(own, present.filter((name) => !known.has(name)).slice(0, MOST_NAMED));
    return [fault(missing(path), typo.length > 0 ? `is ${typo[0]} meant to be ${own}` : `give ${expected(issue)}`)];
  }
  if (issue.code === "custom") {
    return [fault(issue.message, String(issue.params?.["fix"] ?? "correct it"), { got: issue.input })];
  }
  const names = issue.code === "invalid_value" ? issue.values.map(String) : [];
  const similar = typeof issue.input === "string" ? similarNames(issue.input, names) : [];
  const fix = similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `give ${expected(issue)}`;
  return [fault(`is ${shown(issue.input)}`, fix, { expected: expected(issue), got: issue.input })];
}

/** What a value should have been, in words. */
function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? `a ${issue.expected}`;
    case "too_small": {
      if (issue.origin === "string") return "a text that is not empty";
      if (issue.origin === "array") return `a list of at least ${issue.minimum}`;
      const kind = issue.origin === "int" || Number.isInteger(issue.input) ? "a whole number" : "a number";
      return issue.inclusive ? `${kind} of at least ${issue.minimum}` : `a number above ${issue.minimum}`;
    }
    case "too_big":
      return issue.origin === "array" ? `a list of at most ${issue.maximum}` : `a number of at most ${issue.maximum}`;
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(", ")}`;
    default:
      return issue.message;
  }
}

/** So many unknown fields of one place are named. */
const MOST_NAMED = 20;

const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  tuple: "a list",
  object: "fields",
  record: "fields",
  int: "a whole number",
  string: "a text",
  null: "null",
};

/**
 * The branch of a union that a value was meant for: the one it fails deeper inside, or for its fields; null if none.
 */
function closest(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const meant = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === "unrecognized_keys"),
  );
  return [...meant].sort((a, b) => a.length - b.length)[0] ?? null;
}

function isMissing(issue: z.core.$ZodIssue, source: SourceText, path: Path): boolean {
  return path.length > 0 && issue.input === undefined && valueAt(source.data, path) === undefined;
}

function missing(path: Path): string {
  return typeof path.at(-1) === "number"
    ? `entry ${Number(path.at(-1)) + 1} is missing`
    : `${String(path.at(-1))} is missing`;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step],
    data,
  );
}

function suggestion(key: string, fields: readonly string[]): string {
  const similar = similarNames(key, fields);
  return similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `the fields are ${fields.join(", ")}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
