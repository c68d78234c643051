import { type Layer, type Workload, workloadNames } from "@loopnest/mapspace";
import { layerSchema, problemSchema, workloadSchema } from "@loopnest/mapspace/schema";
import type * as z from "zod";
import { nameOrFile } from "./name-or-file.js";
import { isOnnxFile, onnxInput } from "./onnx-input.js";
import { refuseDims, sizedWorkload } from "./sized-workload.js";

/**
 * Layers to map: a network by name, a workload file, or the file of a single layer (as it stands in a workload file, or
 * a problem).
 *
 * @param dims `name=value` each: sizes that an ONNX model leaves open, or that a built-in network is to have.
 * @throws LoopnestError `input` for an unknown name, or a file that cannot be read.
 */
export async function layersInput(given: string, dims: readonly string[] = []): Promise<Workload> {
  if (isOnnxFile(given)) return (await onnxInput(given, dims)).workload;
  if (!workloadNames.includes(given)) refuseDims(given, dims);
  return nameOrFile<Workload>(given, {
    what: "workload",
    names: workloadNames,
    builtIn: (name) => sizedWorkload(name, dims),
    schema: schemaFor,
  });
}

/** A file of several layers has `layers`, a problem has `dims`; anything else is read as a layer. */
function schemaFor(data: unknown): z.ZodType<Workload> {
  const has = (field: string) => typeof data === "object" && data !== null && field in data;
  if (has("layers") || has("name")) return has("dims") ? problemSchema.transform(asWorkload) : workloadSchema;
  return layerSchema.transform((layer) => alone(layer));
}

function asWorkload(problem: Layer["problem"]): Workload {
  return alone({ problem, count: 1 });
}

function alone(layer: Layer): Workload {
  return { name: layer.problem.name, description: "a single layer", source: "", layers: [layer] };
}
