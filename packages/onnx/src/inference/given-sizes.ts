import { LoopnestError, similarNames } from "@loopnest/mapspace";
import type { DeclaredValue } from "../model/model.js";
import { integersOf, newValue, type Size, type Value } from "../values/value.js";
import { sizeExpression } from "./size-expression.js";

/** Sizes that the caller gives by name, and which of them the model has. */
export interface GivenSizes {
  /** A size, or null; notes that the model has this name. */
  size(name: string): Size;
  /** The value of an input, all of whose sizes are now known. */
  inputs(declared: readonly DeclaredValue[]): Value[];
  /** @throws LoopnestError `input` for a name that the model does not have. */
  checkUsed(): void;
}

/**
 * Sizes by name: a symbolic size of an input (`batch_size`), an axis without a name (`input[0]`), the size of an output
 * that depends on the data (`boxes[0]`), or the value of an input that is a single whole number (`sampling_rate`). A
 * sum of sizes (`past + new`) follows from its parts.
 *
 * A size may be 0, as that of a cache that holds nothing yet.
 *
 * @throws LoopnestError `input` for a size that is not a whole number, or below 0.
 */
export function givenSizes(dims: Readonly<Record<string, number>>): GivenSizes {
  const known = new Set<string>();
  for (const [name, size] of Object.entries(dims)) {
    if (Number.isSafeInteger(size) && size >= 0) continue;
    throw sizeError(name, `${name} is ${size}`, "give a whole number", size);
  }
  const plain = (name: string): Size => {
    known.add(name);
    return Object.hasOwn(dims, name) ? dims[name]! : null;
  };
  /** A size that is given wins over what follows from its parts. */
  const size = (name: string): Size => {
    const expression = sizeExpression(name);
    if (expression === null || Object.hasOwn(dims, name)) return plain(name);
    return expression.value(plain);
  };
  return {
    size,
    inputs(declared) {
      const missing = new Map<string, string>();
      const values = declared.map((input) => inputValue(input, size, missing));
      if (missing.size > 0) {
        const strange = Object.keys(dims).filter((name) => !known.has(name));
        throw missingSizes(missing, strange);
      }
      return values;
    },
    checkUsed() {
      const unused = Object.keys(dims).find((name) => !known.has(name));
      if (unused === undefined) return;
      const similar = similarNames(unused, [...known]);
      const names = [...known].filter((name) => !name.includes("["));
      const list =
        names.length > 0 ? `its sizes without a number are ${names.join(", ")}` : "all its sizes are numbers";
      const fix = similar.length > 0 ? `did you mean ${similar.join(" or ")}` : list;
      throw sizeError(unused, `the model has no size ${unused}`, fix, unused);
    },
  };
}

function inputValue(input: DeclaredValue, size: (name: string) => Size, missing: Map<string, string>): Value {
  const { name, shape, isInteger } = input;
  if (shape === null) {
    const fix = "declare the shapes of the inputs, and export the model again";
    return newValue({
      shape: null,
      isInteger,
      unknown: { problem: `the file declares no shape for input ${name}`, fix },
    });
  }
  // A single whole number (a rate, a length) may be given; the network depends on it as on a size.
  const isNumber = isInteger && shape.every((own) => own === 1);
  const number = isNumber ? size(name) : null;
  if (number !== null)
    return integersOf(
      [number],
      shape.map(() => 1),
    );
  const sizes = shape.map((own, axis) => {
    if (typeof own === "number") return own;
    const key = own ?? `${name}[${axis}]`;
    const given = size(key);
    if (given === null) {
      const open = (sizeExpression(key)?.names ?? [key]).filter((part) => size(part) === null);
      for (const part of open.length > 0 ? open : [key]) if (!missing.has(part)) missing.set(part, name);
    }
    return given;
  });
  return newValue({ shape: sizes, isInteger, bits: input.bits });
}

/**
 * @param missing Names of sizes, each with the input that has it.
 * @param strange Names that are given, and that no input has.
 */
function missingSizes(missing: ReadonlyMap<string, string>, strange: readonly string[]): LoopnestError {
  const names = [...missing.keys()];
  const meant = strange.flatMap((name) => similarNames(name, names, 1).map((own) => `${own} by ${name}`));
  const question = meant.length > 0 ? `; did you mean ${meant.join(", ")}?` : "";
  const example = names.map((name) => `--dim ${/[^\w.-]/.test(name) ? `'${name}=1'` : `${name}=1`}`).join(" ");
  return new LoopnestError({
    code: "input",
    path: `inputs.${[...new Set(missing.values())].join(", ")}`,
    problem: `the model leaves ${names.length > 1 ? "the sizes" : "the size"} ${names.join(", ")} open`,
    fix:
      `give ${names.length > 1 ? "them" : "it"}, for example ${example} on the command line, dims in a ` +
      `program${question}`,
    expected: names,
    dim: names[0]!,
  });
}

function sizeError(name: string, problem: string, fix: string, got: unknown): LoopnestError {
  return new LoopnestError({ code: "input", path: "dims", problem, fix, dim: name, got });
}
