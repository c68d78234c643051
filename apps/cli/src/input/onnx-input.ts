import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import type { OnnxImport } from "@loopnest/onnx";
import { unreadable } from "./read-text.js";

/** Whether a workload is given as an ONNX model: by the ending of its name. */
export function isOnnxFile(given: string): boolean {
  return /\.onnx$/i.test(given);
}

/**
 * Reads an ONNX model; the workload is named after the file.
 *
 * @param dims `name=value` each: sizes that the model leaves open.
 * @param fuse Whether element-wise operators behind another one cost no traffic of their own; true unless given.
 * @throws LoopnestError `input` or `unsupported`, its path beginning with the file, as `readOnnx` does.
 */
export async function onnxInput(file: string, dims: readonly string[], fuse = true): Promise<OnnxImport> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const { readOnnx } = await import("@loopnest/onnx");
  const name = basename(file).replace(/\.onnx$/i, "");
  try {
    return readOnnx(bytes, { dims: sizes(dims), name, fuse });
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const { path = "", ...data } = error.data;
    throw new LoopnestError({ ...data, path: path === "" || path === "dims" ? file : `${file}: ${path}` });
  }
}

/** @throws LoopnestError `input` if sizes are given for something that has none open. */
export function refuseDims(given: string, dims: readonly string[]): void {
  if (dims.length === 0) return;
  throw new LoopnestError({
    code: "input",
    path: "--dim",
    problem: `${given} is no ONNX model, so it leaves no size open`,
    fix: "leave --dim out",
  });
}

/** Names may hold brackets and points: `input[0]=1`. */
function sizes(given: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const text of given) {
    const [, name, value] = /^\s*(.+?)\s*=\s*(\d+)\s*$/.exec(text) ?? [];
    if (name === undefined) throw dimError(`cannot read ${text}`, "write it like batch_size=1");
    if (Object.hasOwn(found, name)) throw dimError(`${name} is given twice`, "give it once");
    found[name] = Number(value);
  }
  return found;
}

function dimError(problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: "--dim", problem, fix });
}
