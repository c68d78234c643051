import { type Problem, similarNames } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import type { SourceFile } from "../yaml/fill-includes.js";
import type { NoteOptions } from "../yaml/note.js";
import { readYaml } from "../yaml/read-yaml.js";
import { readTensor } from "./projection.js";
import { builtInShapes } from "./shapes.js";

/** How a problem is read. */
export interface ProblemOptions extends NoteOptions {
  /** Name of the file, for errors. */
  readonly file: string;
  /** Files with shapes (`shape:`) that the problem may refer to by name, beside those that come with Timeloop. */
  readonly shapes?: readonly SourceFile[];
}

/**
 * Reads a Timeloop problem: `problem:` with a shape by name (`cnn-layer`, `gemm-ABZ`, or one of `shapes`; `cnn-layer`
 * if none is given, as Timeloop takes it) or in full, and its bounds and coefficients under `instance:` or beside the
 * shape.
 *
 * Densities are not read: every tensor is dense.
 *
 * @throws LoopnestError `input` at a wrong or missing field, `unsupported` at a thing beyond a problem.
 */
export function readProblem(text: string, options: ProblemOptions): Problem {
  const root = readYaml({ file: options.file, text }, options);
  return problemOf(root.need("problem", "a problem file has problem: at the top"), options.shapes ?? []);
}

/** Reads the value of `problem:`. */
export function problemOf(problem: Field, shapes: readonly SourceFile[]): Problem {
  const shape = shapeOf(problem, shapes);
  const parts = ["name", "dimensions", "coefficients", "data_spaces", "version"];
  for (const part of shape.fields()) {
    if (!parts.includes(part.name))
      part.unsupported(`${part.name} of a shape`, `a shape has ${parts.join(", ")}`, { position: part.keyPosition });
  }
  const dims = shape.need("dimensions", "list the dimensions").words();
  const instance = problem.get("instance") ?? problem;
  const coefficients = new Map<string, number>();
  for (const item of shape.get("coefficients")?.items() ?? []) {
    const name = item.need("name", "name the coefficient").text();
    const given = instance.get(name);
    coefficients.set(name, (given ?? item.need("default", "give its default")).whole(0));
  }
  const known = [...dims, ...coefficients.keys()].map(plain);
  checkInstance(instance, known);
  if (instance !== problem) checkInstance(problem, []);
  const tensors = shape.need("data_spaces", "list the data spaces").items();
  return {
    name: String(shape.get("name")?.value() || "problem"),
    dims: Object.fromEntries(dims.map((dim) => [dim, instance.need(dim, `give the bound of ${dim}`).whole()])),
    tensors: tensors.map((tensor) => readTensor(tensor, { dims, coefficients })),
  };
}

function shapeOf(problem: Field, shapes: readonly SourceFile[]): Field {
  const shape = problem.get("shape");
  if (shape?.isMap) return shape;
  const name = shape?.text().replace(/\.ya?ml$/, "") ?? "cnn-layer";
  for (const file of shapes) {
    const found = readYaml(file).need("shape", "a shape file has shape: at the top");
    const fileName = file.file
      .split(/[\\/]/)
      .at(-1)!
      .replace(/\.ya?ml$/, "");
    if ([String(found.get("name")?.value()), fileName].some((other) => plain(other) === plain(name))) return found;
  }
  const builtIn = builtInShapes.get(plain(name));
  if (builtIn !== undefined) return readYaml(builtIn).need("shape", "");
  return shape!.fail(`unknown shape ${name}`, "write the shape here, give its file too, or use cnn-layer or gemm-ABZ", {
    got: name,
  });
}

/** What may stand beside an instance or in it without meaning anything for the problem. */
const BESIDE = ["shape", "version", "instance", "name"];

/**
 * Names what is not read, as Timeloop does not read it either; one that looks like a misspelt coefficient is refused.
 */
function checkInstance(instance: Field, known: readonly string[]): void {
  const long = known.filter((name) => name.length > 2);
  for (const field of instance.fields()) {
    if (known.includes(field.name) || BESIDE.includes(field.name)) continue;
    const { keyPosition } = field;
    if (DENSITIES.includes(field.name)) {
      field.note(`${field.key} is not read: every tensor is dense`, keyPosition);
      continue;
    }
    const [similar] = field.name.length > 2 ? similarNames(field.name, long) : [];
    if (similar !== undefined) {
      field.fail(`there is no ${field.name}`, `did you mean ${similar}`, { position: keyPosition, got: field.name });
    }
    field.note(`${field.key} is no dimension or coefficient of the problem and is not read`, keyPosition);
  }
}

const DENSITIES = ["densities", "commonDensity"];

/** Names as Timeloop compares them: a hyphen is an underscore. */
function plain(name: string): string {
  return name.replaceAll("-", "_");
}
