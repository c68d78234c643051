import { type Workload, workloadNames } from "@loopnest/mapspace";
import { workloadSchema } from "@loopnest/mapspace/schema";
import { nameOrFile } from "./name-or-file.js";
import { isOnnxFile, onnxInput } from "./onnx-input.js";
import { refuseDims, sizedWorkload } from "./sized-workload.js";

/**
 * A network by name, from a workload file, or from an ONNX model.
 *
 * @param dims `name=value` each: sizes that the model leaves open, or that the built-in network is to have.
 * @throws LoopnestError `input` for an unknown name or a file that cannot be read.
 */
export async function workloadInput(given: string, dims: readonly string[] = []): Promise<Workload> {
  if (isOnnxFile(given)) return (await onnxInput(given, dims)).workload;
  if (!workloadNames.includes(given)) refuseDims(given, dims);
  return nameOrFile(given, {
    what: "workload",
    names: workloadNames,
    builtIn: (name) => sizedWorkload(name, dims),
    schema: workloadSchema,
  });
}
