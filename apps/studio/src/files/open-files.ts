import { chooseNetwork, goTo, type Transition } from "../state/transitions.js";
import { broken, located, type NamedFile } from "./named-file.js";
import { openRun } from "./open-run.js";

/** What one opens at most: more is no document of ours, and weights beyond it do not fit into a browser. */
const MOST_TEXT = 1 << 27;

/**
 * What opening some files changes: run folders (or zips of them), ONNX models, networks, targets, energy tables and
 * cases in YAML or JSON.
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
  const isModel = ({ name }: NamedFile) => /\.(onnx|pb|tflite|ort)$/i.test(name);
  const models = await Promise.all(unpacked.filter(isModel).map((file) => openModel(file, dims)));
  return [...models.flat(), ...(await openDocuments(unpacked.filter((file) => !isModel(file))))];
}

async function unpack(file: NamedFile): Promise<NamedFile[]> {
  if (!/\.zip$/i.test(file.name)) return [file];
  const { unzipSync } = await import("fflate");
  try {
    return Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => ({ name: `${file.name}/${name}`, bytes }));
  } catch {
    throw broken(file.name, "it cannot be unpacked", "give a zip of a run folder");
  }
}

async function openModel(file: NamedFile, dims: Readonly<Record<string, number>>): Promise<Transition[]> {
  const { readOnnx } = await import("@loopnest/onnx");
  const name = file.name.replace(/^.*\/|\.\w+$/g, "");
  const { workload } = located(file, () => readOnnx(file.bytes, { dims, name }));
  return [chooseNetwork({ workload, builtIn: null }), goTo("network")];
}

async function openDocuments(files: readonly NamedFile[]): Promise<Transition[]> {
  if (files.length === 0) return [];
  const large = files.find(({ bytes }) => bytes.length > MOST_TEXT);
  if (large !== undefined) {
    throw broken(large.name, "it is too large for a document", "give a network, a target, a case or a run");
  }
  return (await import("./open-documents.js")).openDocuments(files);
}
