import { stat } from "node:fs/promises";
import { LoopnestError, similarNames, targetNames, workloadNames } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import type * as z from "zod";
import { displayName, readText, STANDARD_INPUT } from "../files/read-text.js";
import { looksLike, mistakenKind } from "./mistaken-kind.js";

/** Something that comes built in under a name, or from a file. */
export interface NamedOrFiled<T> {
  /** What it is: "workload". */
  readonly what: string;
  readonly names: readonly string[];
  readonly builtIn: (name: string) => T;
  /** Of the file, perhaps by what its data looks like. */
  readonly schema: z.ZodType<T> | ((data: unknown) => z.ZodType<T>);
}

/**
 * The built-in of a name, or what a YAML or JSON file holds. A name that is built in wins over a file of that name:
 * `./name` is the file.
 *
 * @throws LoopnestError `input` for an unknown name, or a file that cannot be read or does not fit the schema.
 */
export async function nameOrFile<T>(given: string, { what, names, builtIn, schema }: NamedOrFiled<T>): Promise<T> {
  if (names.includes(given)) return builtIn(given);
  const other = what === "target" ? "workload" : what === "workload" ? "target" : null;
  if (other !== null && (other === "target" ? targetNames : workloadNames).includes(given)) {
    throw mistakenKind(given, other);
  }
  if (await meansFile(given)) {
    const source = new SourceText(await readText(given), { file: displayName(given) });
    if (other !== null && looksLike(source.data) === other) throw mistakenKind(given, other);
    return validate(source, typeof schema === "function" ? schema(source.data) : schema);
  }
  const similar = similarNames(given, names);
  const known = similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `choose one of ${names.join(", ")}`;
  throw new LoopnestError({
    code: "input",
    problem: `there is no ${what} ${given}`,
    fix: `${known}, or give a file (${what.replaceAll(" ", "-")}.yaml)`,
    expected: names,
    got: given,
  });
}

async function meansFile(given: string): Promise<boolean> {
  if (given === STANDARD_INPUT || /[\\/]|\.(ya?ml|json)$/i.test(given)) return true;
  return stat(given).then(
    (found) => found.isFile(),
    () => false,
  );
}
