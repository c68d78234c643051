import { LoopnestError } from "@loopnest/mapspace";
import type { Attribute, Graph, Model, ModelFunction, Node } from "../model/model.js";
import { Operation, type Subrun, type Surroundings } from "../operation/operation.js";
import type { Outcome } from "../operation/outcome.js";
import type { Rule } from "../operation/rule.js";
import { layerRules, rules } from "../operators/rules.js";
import { constantOf, isKnown, newValue, type Value, words } from "../values/value.js";
import type { GivenSizes } from "./given-sizes.js";
import { type Names, nodeNames } from "./node-names.js";

/** A node with what its inputs make of it. */
export interface Step {
  readonly operation: Operation;
  readonly outcome: Outcome;
  /** How often it runs: more than once in a loop. */
  readonly count: number;
}

/** A model with the shapes of all its values, from its inputs to its outputs. */
export interface Inferred {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Every node, those inside loops, branches and functions too, in an order in which they can run. */
  readonly steps: readonly Step[];
}

/**
 * Infers shapes without running the model: gives every value its shape, and every node what it amounts to.
 *
 * @throws LoopnestError `input` if a size is missing or the model does not fit together; `unsupported` if the shape of a layer cannot
 * be known.
 */
export function inferShapes(model: Model, sizes: GivenSizes): Inferred {
  const run = new GraphRun(
    { functions: model.functions, sizes, names: nodeNames((operator) => layerRules.has(operator)) },
    new Map(),
  );
  const inputs = sizes.inputs(model.graph.inputs);
  const outputs = run.graph(model.graph, inputs);
  return { inputs, outputs, steps: run.steps };
}

interface Context {
  readonly functions: ReadonlyMap<string, ModelFunction>;
  readonly sizes: GivenSizes;
  readonly names: Names;
}

/** One pass through a graph, with the values that it sees. */
class GraphRun {
  readonly steps: Step[] = [];
  readonly #context: Context;
  readonly #values: Map<string, Value>;
  /** Attributes of the call, inside a function. */
  readonly #call: ReadonlyMap<string, Attribute> | null;

  constructor(
    context: Context,
    values: ReadonlyMap<string, Value>,
    call: ReadonlyMap<string, Attribute> | null = null,
  ) {
    this.#context = context;
    this.#values = new Map(values);
    this.#call = call;
  }

  graph(graph: Graph, inputs: readonly (Value | null)[]): Value[] {
    for (const [name, tensor] of graph.constants) this.#values.set(name, constantOf(tensor));
    graph.inputs.forEach(({ name }, i) => {
      if (inputs[i]) this.#values.set(name, inputs[i]);
    });
    for (const node of graph.nodes) this.#node(node, graph);
    return this.#results(graph.outputs);
  }

  definition({ inputs, outputs, nodes }: ModelFunction, given: readonly (Value | null)[]): Value[] {
    inputs.forEach((name, i) => {
      if (given[i]) this.#values.set(name, given[i]);
    });
    for (const node of nodes) this.#node(node, null);
    return this.#results(outputs);
  }

  #results(names: readonly string[]): Value[] {
    const fix = "export the model again";
    return names.map(
      (name) =>
        this.#values.get(name) ??
        newValue({ shape: null, unknown: { problem: `nothing gives the value ${name}`, fix } }),
    );
  }

  #node(written: Node, graph: Graph | null): void {
    const node = this.#bound(written);
    const inputs = node.inputs.map((name) => (name === "" ? null : (this.#values.get(name) ?? this.#missing(name))));
    const operation = new Operation(node, this.#context.names.of(node), inputs, this.#surroundings());
    const definition = this.#context.functions.get(node.operator);
    const outcome = definition === undefined ? applied(operation) : this.#called(definition, operation);
    const outputs = node.outputs.map((name, i) => this.#declared(name, outcome.outputs[i], graph));
    this.steps.push({ operation, outcome: { ...outcome, outputs }, count: 1 });
    node.outputs.forEach((name, i) => {
      if (name !== "") this.#values.set(name, outputs[i]!);
    });
  }

  #missing(name: string): Value {
    const unknown = { problem: `nothing gives the value ${name}`, fix: "export the model again" };
    return newValue({ shape: null, unknown });
  }

  /** The shape that the file declares for a value stands in where none could be inferred. */
  #declared(name: string, value: Value | undefined, graph: Graph | null): Value {
    const declared = graph?.declared.get(name)?.shape?.map((size) => {
      return typeof size === "string" ? this.#context.sizes.size(size) : size;
    });
    if (value !== undefined && isKnown(value.shape)) return value;
    if (declared === undefined || !isKnown(declared)) return value ?? this.#missing(name);
    const { data = null, isInteger = false, isConstant = false } = value ?? {};
    return newValue({ data, isInteger, isConstant, shape: declared });
  }

  /** A node of a function, with the attributes of the call in their places. */
  #bound(node: Node): Node {
    if (this.#call === null) return node;
    const attributes = [...node.attributes].flatMap(([name, attribute]): [string, Attribute][] => {
      if (attribute.reference === "") return [[name, attribute]];
      const given = this.#call!.get(attribute.reference);
      return given === undefined ? [] : [[name, given]];
    });
    return { ...node, attributes: new Map(attributes) };
  }

  #called(definition: ModelFunction, { node, inputs }: Operation): Outcome {
    const call = new Map([...definition.defaults, ...node.attributes]);
    const run = new GraphRun(this.#context, new Map(), call);
    const outputs = run.definition(definition, inputs);
    this.steps.push(...run.steps);
    return { kind: "inner", outputs };
  }

  #surroundings(): Surroundings {
    return {
      size: (name) => this.#context.sizes.size(name),
      runGraph: (graph, inputs = []) => this.#subrun(graph, inputs),
    };
  }

  #subrun(graph: Graph, inputs: readonly (Value | null)[]): Subrun {
    const run = new GraphRun(this.#context, this.#values, this.#call);
    const outputs = run.graph(graph, inputs);
    const sum = (cost: (step: Step) => number) => run.steps.reduce((total, step) => total + step.count * cost(step), 0);
    return {
      outputs,
      macs: sum(({ outcome }) => (outcome.layers ?? []).reduce((macs, layer) => macs + layerMacs(layer), 0)),
      words: sum(({ outcome }) => outcome.outputs.reduce((total, { shape }) => total + (words(shape) ?? 0), 0)),
      keep: (count = 1) => {
        if (count === 0) return;
        for (const step of run.steps) this.steps.push({ ...step, count: count * step.count });
      },
    };
  }
}

function layerMacs({ problem, count }: NonNullable<Outcome["layers"]>[number]): number {
  return Object.values(problem.dims).reduce((product, bound) => product * bound, count);
}

/** What a rule makes; a bound that no problem can have is the fault of the operator that gave it. */
function located(operation: Operation, rule: Rule): Outcome {
  try {
    return rule(operation);
  } catch (error) {
    if (!(error instanceof LoopnestError) || !/^(conv|matmul|depthwiseConv)\./.test(error.data.path ?? "")) throw error;
    return operation.fail(error.data.problem, "check the sizes given for the inputs; the model may be damaged");
  }
}

/** A product of constants is worked out once, before the network runs. */
function beforeTheRun(operation: Operation, outcome: Outcome): Outcome {
  const isConstant = operation.inputs.every((input) => input === null || input.isConstant);
  return isConstant && outcome.kind === "layers" ? { kind: "movement", outputs: outcome.outputs } : outcome;
}

function applied(operation: Operation): Outcome {
  const { node, inputs } = operation;
  const layers = layerRules.get(node.operator);
  if (layers !== undefined) return beforeTheRun(operation, located(operation, layers));
  const unknown = inputs.find((input) => input?.shape === null)?.unknown;
  if (unknown) return operation.unknownOutputs(unknown);
  const rule = rules.get(node.operator);
  if (rule !== undefined) return rule(operation);
  return operation.unknownOutputs({
    problem: `loopnest does not know the operator ${node.operator} (${operation.name})`,
    fix: "infer the model's shapes before (onnx.shape_inference), and import again",
  });
}
