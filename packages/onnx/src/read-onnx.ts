import { type Edge, type Layer, LoopnestError, linkLayers, type Workload } from "@loopnest/mapspace";
import { type CountedStep, countSteps } from "./counting/count-steps.js";
import { dataMovement } from "./counting/data-movement.js";
import { elementWidths } from "./counting/element-widths.js";
import { layerLinks } from "./counting/layer-links.js";
import { type OperatorReport, reportOperators } from "./counting/operator-report.js";
import { unmodelledOperators } from "./counting/unmodelled.js";
import { givenSizes } from "./inference/given-sizes.js";
import { inferShapes } from "./inference/infer-shapes.js";
import { readModel } from "./model/read-model.js";

/** What a model leaves open, and how its operators are counted. */
export interface OnnxOptions {
  /**
   * Sizes that the model leaves open, by name: a symbolic size (`batch_size`), an axis of an input or of an output that
   * depends on the data (`boxes[0]`), or the value of an input that is a single whole number.
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
 * Reads an ONNX model as a workload: convolutions and matrix products become layers (equal ones merged), everything
 * else is kept as the words it reads and writes, so that no operator is silently free.
 *
 * Weights are not needed: a file without them (external data) is read as well.
 *
 * @throws LoopnestError `input` if the bytes are no ONNX model, a size is missing or not one of the model's, or shapes
 * do not fit; `unsupported` if the shape of a layer cannot be known.
 */
export function readOnnx(bytes: Uint8Array, { dims = {}, name, fuse = true }: OnnxOptions = {}): OnnxImport {
  const model = readModel(bytes);
  const sizes = givenSizes(dims);
  const inferred = inferShapes(model, sizes);
  sizes.checkUsed();
  const steps = withWidths(countSteps(inferred, fuse));
  const operators = reportOperators(steps);
  const linked = linkLayers(steps.flatMap(layersOf), layerLinks(steps, inferred.outputs));
  const layers = distinctNames(linked.layers);
  if (layers.length === 0) throw nothingToMultiply(dims, operators);
  const movement = dataMovement(steps);
  checkCounts([...layers.map(({ problem, count }) => ({ name: problem.name, count })), ...movement]);
  const unmodelled = unmodelledOperators(operators);
  const written = model.producer === "" ? "" : ` by ${model.producer}`;
  const given = Object.entries(dims).map(([size, value]) => `${size}=${value}`);
  return {
    workload: {
      name: name ?? (model.graph.name || "model"),
      description: `ONNX model${written}${given.length > 0 ? `, ${given.join(", ")}` : ""}`,
      source: `read from an ONNX file${written}, opset ${model.opset}`,
      layers,
      ...edgesOf(linked),
      ...(movement.length > 0 && { dataMovement: movement }),
      ...(unmodelled.length > 0 && { unmodelled }),
    },
    operators,
    inputs: model.graph.inputs.map((input, i) => ({
      name: input.name,
      shape: inferred.inputs[i]!.shape as readonly number[],
    })),
  };
}

function nothingToMultiply(
  dims: Readonly<Record<string, number>>,
  operators: readonly OperatorReport[],
): LoopnestError {
  const empty = Object.keys(dims).find((name) => dims[name] === 0);
  if (empty === undefined) {
    const unknown = operators.filter(({ isUnknown }) => isUnknown);
    const named = unknown.map(({ operator, nodes }) => `${operator} (${listed(nodes)})`);
    const problem = "the model has no convolution and no matrix product";
    return new LoopnestError({
      code: "unsupported",
      problem: named.length > 0 ? `${problem} that loopnest knows; it does not know ${named.join(", ")}` : problem,
      fix: named.length > 0 ? "export it with ONNX's own operators" : "give a model that multiplies and accumulates",
      ...(named.length > 0 && { got: unknown.map(({ operator }) => operator) }),
    });
  }
  const problem = `with ${empty} = 0 the model has nothing to multiply`;
  return new LoopnestError({ code: "input", path: "dims", problem, fix: "give a number above 0", dim: empty, got: 0 });
}

function listed(nodes: readonly string[]): string {
  return nodes.length > 3 ? `${nodes.slice(0, 3).join(", ")} and ${nodes.length - 3} more` : nodes.join(", ");
}

/** Loops in loops can run more often than can be counted. */
function checkCounts(runs: readonly { readonly name: string; readonly count: number }[]): void {
  const endless = runs.find(({ count }) => !Number.isSafeInteger(count));
  if (endless === undefined) return;
  const { name } = endless;
  const problem = `it runs ${endless.count} times, more often than can be counted`;
  throw new LoopnestError({ code: "input", path: name, problem, fix: "give smaller sizes" });
}

/** The same steps, with the widths of elements on their layers. */
function withWidths(counted: readonly CountedStep[]): readonly CountedStep[] {
  const layersOf = elementWidths(counted.map(({ step }) => step));
  return counted.map((own) => {
    const layers = layersOf(own.step);
    if (layers === own.step.outcome.layers || layers.length === 0) return own;
    return { ...own, step: { ...own.step, outcome: { ...own.step.outcome, layers } } };
  });
}

function layersOf({ step }: CountedStep): Layer[] {
  return (step.outcome.layers ?? []).map(({ problem, count }) => ({ problem, count: count * step.count }));
}

/** Edges between layers whose names are their own. */
function edgesOf({ layers, edges }: { readonly layers: readonly Layer[]; readonly edges: readonly Edge[] }) {
  const own = (name: string) => layers.filter(({ problem }) => problem.name === name).length === 1;
  const named = edges.filter(({ from, to }) => own(from) && own(to));
  return named.length > 0 ? { edges: named } : {};
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
