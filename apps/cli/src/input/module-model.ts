import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LoopnestError, type PerformanceModel } from "@loopnest/mapspace";
import { commandWords } from "../external/command-words.js";
import { programModel } from "../external/program-model.js";
import { unreadable } from "../files/read-text.js";

/** A performance model that a JavaScript module makes, as plain data. */
export interface ModuleModelData {
  readonly kind: "module";
  readonly name: string;
  readonly file: string;
  /** Of the file: what was searched with one is gone on with the same. */
  readonly sha256: string;
}

/** Members of a performance model that a search calls. */
const FUNCTIONS = ["machine", "machineGradient", "movementCost", "movementGradient", "layer"] as const;

/** Files that may run: their names come from the command line, not from a folder that anybody may have made. */
const allowed = new Set<string>();

/** A performance model that a program's answers make, as plain data. */
export interface ProgramModelData {
  readonly kind: "program";
  readonly name: string;
  readonly command: string;
}

/** Reads what a module is, and lets it run, since the user has named it. */
export async function moduleModelInput(file: string): Promise<ModuleModelData> {
  const data: ModuleModelData = { kind: "module", name: basename(file), file, sha256: await hashOf(file) };
  if (!allowed.has(data.sha256)) process.stderr.write(`${file} is code: it runs with your rights\n`);
  allowCode(data);
  return data;
}

/**
 * Lets what a plan names run: the plan was made from a command line, here or in the process that this one belongs to.
 */
export function allowCode(data: ModuleModelData | ProgramModelData): void {
  allowed.add(data.kind === "module" ? data.sha256 : data.name);
}

/** Takes a program that the user has named. @throws LoopnestError `input` for a command that is no argument vector. */
export function programModelInput(given: string, command: string): ProgramModelData {
  commandWords(command, "--model");
  const data: ProgramModelData = { kind: "program", name: given, command };
  allowCode(data);
  return data;
}

/** The performance model of a program. @throws LoopnestError `input` if the user has not named it. */
export function programModelOf(base: PerformanceModel, { name, command }: ProgramModelData): PerformanceModel {
  if (!allowed.has(name)) {
    throw fault(
      name,
      "the run was searched with this program, which runs only if you name it",
      `add --model "${name}"`,
    );
  }
  return programModel(base, { text: command, shell: false, path: "--model" });
}

/**
 * The performance model that a module makes: what its default export, a function, returns when it is given the target
 * and the analytical model of it.
 *
 * @throws LoopnestError `input` if the module is another one by now, was not named by the user, cannot be loaded, or
 * makes no model.
 */
export async function moduleModel(base: PerformanceModel, data: ModuleModelData): Promise<PerformanceModel> {
  const { file, sha256 } = data;
  if (!allowed.has(sha256)) {
    throw fault(file, "the run was searched with this code, which runs only if you name it", `add --model ${file}`);
  }
  if ((await hashOf(file)) !== sha256) {
    throw fault(file, "the module is not the one that was searched with", "restore it, or search anew");
  }
  const make = await import(pathToFileURL(resolve(file)).href).then(
    (module: { default?: unknown }) => module.default,
    (error: Error) => {
      throw fault(file, `the module cannot be loaded: ${error.message}`, "put it right");
    },
  );
  if (typeof make !== "function") {
    throw fault(
      file,
      "it has no function as its default export",
      "write: export default (target, analytical) => model",
    );
  }
  let model: unknown;
  try {
    model = await make(base.target, base);
  } catch (error) {
    throw fault(file, `it has thrown: ${error instanceof Error ? error.message : String(error)}`, "put it right");
  }
  return checked(file, base, model);
}

function checked(file: string, { target, name }: PerformanceModel, made: unknown): PerformanceModel {
  const model = (made ?? {}) as Partial<PerformanceModel>;
  const missing = FUNCTIONS.find((member) => typeof model[member] !== "function");
  if (missing !== undefined) {
    throw fault(
      file,
      `what it makes has no function ${missing}`,
      "see docs/performance-models.md for what a model has",
    );
  }
  if (model.target?.name !== target.name) {
    const got = model.target?.name ?? "nothing";
    throw fault(file, `its model is for the target ${got}, not ${target.name}`, "return a model of the target given");
  }
  if (model.name === undefined || model.name === name) return { ...(model as PerformanceModel), name: basename(file) };
  return model as PerformanceModel;
}

async function hashOf(file: string): Promise<string> {
  const content = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return createHash("sha256").update(content).digest("hex");
}

function fault(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
