import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import type { OnnxImport } from "@loopnest/onnx";
import { unreadable } from "../files/read-text.js";
import { givenSizes } from "./given-sizes.js";

/**
 * Whether a workload is given as an ONNX model, or as another program's model that is called what it is when it is
 * read: by the ending of its name.
 */
export function isOnnxFile(given: string): boolean {
  return /\.(onnx|pb|tflite|ort)$/i.test(given);
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
  const name = basename(file).replace(/\.(onnx|pb)$/i, "");
  try {
    return readOnnx(bytes, { dims: givenSizes(dims), name, fuse });
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    const { path = "", ...data } = error.data;
    throw new LoopnestError({ ...data, path: path === "" || path === "dims" ? file : `${file}: ${path}` });
  }
}
