import { type DataMovement, type Layer, LoopnestError, mergeLayers, type Workload } from "@loopnest/mapspace";
import { type CountedStep, countSteps } from "./counting/count-steps.js";
import { type OperatorReport, reportOperators } from "./counting/operator-report.js";
import { givenSizes } from "./inference/given-sizes.js";
import { inferShapes } from "./inference/infer-shapes.js";
import { readModel } from "./model/read-model.js";

/** What a model leaves open, and how its operators are counted. */
export interface OnnxOptions {
  /**
   * Sizes that the model leaves open, by name: a symbolic size (`batch_size`), an axis of an input or of an output that depends on the data
   * (`boxes[0]`), or the value of an input that is a single whole number.
   */
  readonly dims?: Readonly<Record<string, number>>;
  /** Name of the workload; that of the graph unless given. */
  readonly name?: string;
  /** Whether element-wise operators behind another one cost no traffic of their own; true unless given. */
  readonly fuse?: boolean;
}

/** An input of a model, with all its sizes. */
export interface OnnxInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What an ONNX model is as a workload, and what became of each of its operators. */
export interface OnnxImport {
  readonly workload: Workload;
  /** Every operator of the model, and what it was counted as. */
  readonly operators: readonly OperatorReport[];
  readonly inputs: readonly OnnxInput[];
}

/**
 * Reads an ONNX model as a workload: convolutions and matrix products become layers (equal ones merged), everything else is kept as the
 * words it reads and writes, so that no operator is silently free.
 *
 * Weights are not needed: a file without them (external data) is read as well.
 *
 * @throws LoopnestError `input` if the bytes are no ONNX model, a size is missing or not one of the model's, or shapes do not fit;
 * `unsupported` if the shape of a layer cannot be known.
 */
export function readOnnx(bytes: Uint8Array, { dims = {}, name, fuse = true }: OnnxOptions = {}): OnnxImport {
  const model = readModel(bytes);
  const sizes = givenSizes(dims);
  const inferred = inferShapes(model, sizes);
  sizes.checkUsed();
  const steps = countSteps(inferred, fuse);
  const layers = distinctNames(mergeLayers(steps.flatMap(layersOf)));
  if (layers.length === 0) throw nothingToMultiply(dims);
  const movement = mergeMovement(steps.flatMap(movementOf));
  const written = model.producer === "" ? "" : ` by ${model.producer}`;
  const given = Object.entries(dims).map(([size, value]) => `${size}=${value}`);
  return {
    workload: {
      name: name ?? (model.graph.name || "model"),
      description: `ONNX model${written}${given.length > 0 ? `, ${given.join(", ")}` : ""}`,
      source: `read from an ONNX file${written}, opset ${model.opset}`,
      layers,
      ...(movement.length > 0 && { dataMovement: movement }),
    },
    operators: reportOperators(steps),
    inputs: model.graph.inputs.map((input, i) => ({
      name: input.name,
      shape: inferred.inputs[i]!.shape as readonly number[],
    })),
  };
}

function nothingToMultiply(dims: Readonly<Record<string, number>>): LoopnestError {
  const empty = Object.keys(dims).find((name) => dims[name] === 0);
  if (empty === undefined) {
    return new LoopnestError({
      code: "unsupported",
      problem: "the model has no convolution and no matrix product",
      fix: "give a model that multiplies and accumulates",
    });
  }
  const problem = `with ${empty} = 0 the model has nothing to multiply`;
  return new LoopnestError({ code: "input", path: "dims", problem, fix: "give a number above 0", dim: empty, got: 0 });
}

function layersOf({ step }: CountedStep): Layer[] {
  return (step.outcome.layers ?? []).map(({ problem, count }) => ({ problem, count: count * step.count }));
}

/** Several layers of one operator get numbers behind its name. */
function distinctNames(layers: readonly Layer[]): Layer[] {
  const taken = new Set<string>();
  return layers.map(({ problem, count }) => {
    let name = problem.name;
    for (let n = 2; taken.has(name); n++) name = `${problem.name}-${n}`;
    taken.add(name);
    return { problem: { ...problem, name }, count };
  });
}

function movementOf({ step, wordsRead, wordsWritten }: CountedStep): DataMovement[] {
  const { operation, outcome, count } = step;
  const own = { kind: operation.node.operator, wordsRead, wordsWritten, count: 1 };
  const kind = outcome.kind === "layers" ? `${own.kind} outputs` : own.kind;
  return [{ ...own, kind }, ...(outcome.traffic ?? [])]
    .filter((traffic) => (traffic.wordsRead ?? 0) + (traffic.wordsWritten ?? 0) > 0)
    .map((traffic) => ({
      name: operation.name,
      kind: traffic.kind,
      count: traffic.count * count,
      wordsRead: traffic.wordsRead ?? 0,
      wordsWritten: traffic.wordsWritten ?? 0,
    }));
}

/** Equal movement of one kind once, with its count; the first one's name is kept. */
function mergeMovement(list: readonly DataMovement[]): DataMovement[] {
  const merged = new Map<string, DataMovement>();
  for (const movement of list) {
    const { kind, wordsRead, wordsWritten, count } = movement;
    const key = JSON.stringify([kind, wordsRead, wordsWritten]);
    const first = merged.get(key);
    merged.set(key, first === undefined ? movement : { ...first, count: first.count + count });
  }
  return [...merged.values()];
}
