import { LoopnestError } from "@loopnest/mapspace";
import { chooseNetwork, chooseTarget, goTo, type Transition } from "../state/transitions.js";
import type { NamedFile } from "./named-file.js";
import { openRun } from "./open-run.js";

/** What one opens at most: more is no document of ours, and weights beyond it do not fit into a browser. */
const MOST_TEXT = 1 << 27;

/**
 * What opening some files changes: run folders (or zips of them), ONNX models, networks, targets and cases in YAML or
 * JSON.
 *
 * @param dims Sizes that an ONNX model leaves open.
 * @throws LoopnestError `input` or `unsupported` with file, line and column, where something is not what it should be.
 */
export async function openFiles(
  files: readonly NamedFile[],
  dims: Readonly<Record<string, number>> = {},
): Promise<Transition[]> {
  const unpacked = (await Promise.all(files.map(unpack))).flat();
  const results = unpacked.filter(({ name }) => /(^|\/)result\.json$/.test(name));
  if (results.length > 0) {
    const runs = await Promise.all(results.map((result) => openRun(result, unpacked)));
    return [...runs.flat(), goTo("compare")];
  }
  const opened = await Promise.all(unpacked.map((file) => openFile(file, dims)));
  return opened.flat();
}

async function unpack(file: NamedFile): Promise<NamedFile[]> {
  if (!/\.zip$/i.test(file.name)) return [file];
  const { unzipSync } = await import("fflate");
  try {
    return Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => ({ name: `${file.name}/${name}`, bytes }));
  } catch {
    throw fault(file, "it cannot be unpacked", "give a zip of a run folder");
  }
}

async function openFile(file: NamedFile, dims: Readonly<Record<string, number>>): Promise<Transition[]> {
  const { name, bytes } = file;
  if (/\.(onnx|pb|tflite|ort)$/i.test(name)) {
    const { readOnnx } = await import("@loopnest/onnx");
    const { workload } = located(file, () => readOnnx(bytes, { dims, name: name.replace(/^.*\/|\.\w+$/g, "") }));
    return [chooseNetwork({ workload, builtIn: null }), goTo("network")];
  }
  if (bytes.length > MOST_TEXT)
    throw fault(file, "it is too large for a document", "give a network, a target, a case or a run");
  return openDocument(file);
}

async function openDocument(file: NamedFile): Promise<Transition[]> {
  const { caseSchema, SourceText, targetSchema, validate, workloadSchema } = await import("./documents.js");
  const source = new SourceText(new TextDecoder().decode(file.bytes), { file: file.name });
  const has = (key: string) =>
    typeof source.data === "object" && source.data !== null && Object.hasOwn(source.data, key);
  if (has("mapping") && has("architecture")) {
    const { openCase } = await import("./open-case.js");
    return openCase(validate(source, caseSchema), file.name);
  }
  if (has("levels")) return [chooseTarget({ target: validate(source, targetSchema), builtIn: null }), goTo("machine")];
  if (has("layers"))
    return [chooseNetwork({ workload: validate(source, workloadSchema), builtIn: null }), goTo("network")];
  throw fault(file, "it is no network, target, case or run", "give a file with layers, with levels, or a run folder");
}

/** Errors of a reader that knows no file, with the file before their path. */
function located<T>({ name }: NamedFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const { path, ...data } = error.data;
    throw new LoopnestError({ ...data, path: path === undefined || path === "dims" ? name : `${name}: ${path}` });
  }
}

function fault({ name }: NamedFile, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: name, problem, fix });
}
