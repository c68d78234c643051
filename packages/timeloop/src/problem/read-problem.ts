import { type Problem, similarNames } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import { readYaml, type SourceFile } from "../yaml/read-yaml.js";
import { readTensor } from "./projection.js";
import { builtInShapes } from "./shapes.js";

/** How a problem is read. */
export interface ProblemOptions {
  /** Name of the file, for errors. */
  readonly file: string;
  /** Files with shapes (`shape:`) that the problem may refer to by name, beside those that come with Timeloop. */
  readonly shapes?: readonly SourceFile[];
}

/**
 * Reads a Timeloop problem: `problem:` with a shape by name (`cnn-layer`, `gemm-ABZ`, or one of `shapes`; `cnn-layer` if none is
 * given, as Timeloop takes it) or in full, and its bounds and coefficients under `instance:` or beside the shape.
 *
 * @throws LoopnestError `input` at a wrong or missing field, `unsupported` at sparsity or another thing beyond a dense problem.
 */
export function readProblem(text: string, options: ProblemOptions): Problem {
  const root = readYaml({ file: options.file, text });
  return problemOf(root.need("problem", "a problem file has problem: at the top"), options.shapes ?? []);
}

/** Reads the value of `problem:`. */
export function problemOf(problem: Field, shapes: readonly SourceFile[]): Problem {
  const shape = shapeOf(problem, shapes);
  const known = ["name", "dimensions", "coefficients", "data_spaces", "version"];
  for (const part of shape.fields()) {
    if (!known.includes(part.name))
      part.unsupported(`${part.name} of a shape`, `a shape has ${known.join(", ")}`, { position: part.keyPosition });
  }
  const dims = shape.need("dimensions", "list the dimensions").words();
  const instance = problem.get("instance") ?? problem;
  const coefficients = new Map<string, number>();
  for (const item of shape.get("coefficients")?.items() ?? []) {
    const name = item.need("name", "name the coefficient").text();
    const given = instance.get(name);
    coefficients.set(name, (given ?? item.need("default", "give its default")).whole());
  }
  checkInstance(instance, [...dims, ...coefficients.keys()].map(plain));
  const tensors = shape.need("data_spaces", "list the data spaces").items();
  return {
    name: shape.get("name")?.text() ?? "problem",
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
    if ([found.get("name")?.text(), fileName].some((other) => other !== undefined && plain(other) === plain(name)))
      return found;
  }
  const builtIn = builtInShapes[plain(name)];
  if (builtIn !== undefined) return readYaml(builtIn).need("shape", "");
  return shape!.fail(`unknown shape ${name}`, "write the shape here, give its file too, or use cnn-layer or gemm-ABZ", {
    got: name,
  });
}

/**
 * Names of an instance that Timeloop would ignore are allowed (files carry notes such as `Hpad`), unless one looks like a
 * misspelt coefficient. Densities must be 1.
 */
function checkInstance(instance: Field, known: readonly string[]): void {
  const long = known.filter((name) => name.length > 2);
  for (const field of instance.fields()) {
    if (known.includes(field.name) || ["shape", "version", "instance", "name"].includes(field.name)) continue;
    if (field.name === "densities" || field.name === "commonDensity") checkDense(field);
    else if (field.name.length > 2) {
      const [similar] = similarNames(field.name, long);
      if (similar !== undefined)
        field.fail(`there is no ${field.name}`, `did you mean ${similar}`, {
          position: field.keyPosition,
          got: field.name,
        });
    }
  }
}

function checkDense(field: Field): void {
  const values = field.isMap ? (field.get("density") === undefined ? field.fields() : [field]) : [field];
  for (const value of values) {
    const density = value.isMap ? value.get("density") : value;
    if (density?.number() !== 1) value.unsupported("sparse tensors", "give densities of 1, or none");
  }
}

/** Names as Timeloop compares them: a hyphen is an underscore. */
function plain(name: string): string {
  return name.replaceAll("-", "_");
}
