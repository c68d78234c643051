import { LoopnestError } from "@loopnest/mapspace";
import type { Attribute, Graph, ModelFunction, Node } from "../model/model.js";
import { Operation, type Subrun, type Surroundings } from "../operation/operation.js";
import type { Outcome } from "../operation/outcome.js";
import { constantOf, newValue, type Value, wordsOf } from "../values/value.js";
import { applyRule } from "./apply-rule.js";
import { completed } from "./completed.js";
import type { GivenSizes } from "./given-sizes.js";
import type { Names } from "./node-names.js";
import { Scope } from "./scope.js";
import type { Step } from "./step.js";

/** What all graphs of a model share. */
export interface Context {
  readonly functions: ReadonlyMap<string, ModelFunction>;
  readonly opset: number;
  readonly sizes: GivenSizes;
  readonly names: Names;
  /** How many nodes may still follow: functions can unfold without end. */
  nodesLeft: number;
}

/** The call of a function that a graph stands in. */
interface Call {
  readonly operator: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly from: Call | null;
  readonly depth: number;
}

/** Functions may call each other, so deep. */
const DEEPEST_CALL = 100;

/** One pass through a graph, with the values that it sees. */
export class GraphRun {
  readonly steps: Step[] = [];
  readonly #context: Context;
  readonly #values: Scope;
  readonly #call: Call | null;

  constructor(context: Context, around: Scope | null = null, call: Call | null = null) {
    this.#context = context;
    this.#values = new Scope(around);
    this.#call = call;
  }

  graph(graph: Graph, inputs: readonly (Value | null)[]): Value[] {
    for (const [name, tensor] of graph.constants) this.#values.set(name, constantOf(tensor, name));
    graph.inputs.forEach(({ name }, i) => {
      if (inputs[i]) this.#values.set(name, inputs[i]);
    });
    for (const node of graph.nodes) this.#node(node, graph);
    return graph.outputs.map((name) => this.#value(name));
  }

  #definition({ inputs, outputs, nodes }: ModelFunction, given: readonly (Value | null)[]): Value[] {
    inputs.forEach((name, i) => {
      if (given[i]) this.#values.set(name, given[i]);
    });
    for (const node of nodes) this.#node(node, null);
    return outputs.map((name) => this.#value(name));
  }

  #value(name: string): Value {
    const unknown = { problem: `nothing gives the value ${name}`, fix: "export the model again" };
    return this.#values.get(name) ?? newValue({ shape: null, unknown });
  }

  #node(written: Node, graph: Graph | null): void {
    if (this.#context.nodesLeft-- <= 0) throw endless(written);
    const node = this.#bound(written);
    const inputs = node.inputs.map((name) => (name === "" ? null : this.#value(name)));
    const operation = new Operation(node, this.#context.names.of(node), inputs, this.#surroundings());
    const definition = this.#context.functions.get(node.operator);
    const outcome = definition === undefined ? applyRule(operation) : this.#called(definition, operation);
    const outputs = node.outputs.map((name, i) => {
      const value = outcome.outputs[i] ?? this.#value(name);
      return completed(operation, value, i, graph?.declared.get(name)?.shape ?? null);
    });
    this.steps.push({ operation, outcome: { ...outcome, outputs }, count: 1 });
    node.outputs.forEach((name, i) => {
      if (name !== "") this.#values.set(name, outputs[i]!);
    });
  }

  /** A node of a function, with the attributes of the call in their places. */
  #bound(node: Node): Node {
    if (this.#call === null) return node;
    const attributes = [...node.attributes].flatMap(([name, attribute]): [string, Attribute][] => {
      if (attribute.reference === "") return [[name, attribute]];
      const given = this.#call!.attributes.get(attribute.reference);
      return given === undefined ? [] : [[name, given]];
    });
    return { ...node, attributes: new Map(attributes) };
  }

  #called(definition: ModelFunction, operation: Operation): Outcome {
    const { node, inputs } = operation;
    for (let call = this.#call; call !== null; call = call.from) {
      if (call.operator !== node.operator) continue;
      return operation.fail("the function calls itself", "define it by other operators, and export the model again");
    }
    const depth = (this.#call?.depth ?? 0) + 1;
    if (depth > DEEPEST_CALL) {
      return operation.fail(`functions call each other more than ${DEEPEST_CALL} deep`, "inline the functions");
    }
    const attributes = new Map([...definition.defaults, ...node.attributes]);
    const run = new GraphRun(this.#context, null, { operator: node.operator, attributes, from: this.#call, depth });
    const outputs = run.#definition(definition, inputs);
    for (const step of run.steps) this.steps.push(step);
    return { kind: "inner", outputs };
  }

  #surroundings(): Surroundings {
    return {
      opset: this.#context.opset,
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
      words: sum(({ outcome }) => outcome.outputs.reduce((total, value) => total + (wordsOf(value) ?? 0), 0)),
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

function endless({ operator, name }: Node): LoopnestError {
  const problem = "the model's functions unfold into more than a million operators";
  return new LoopnestError({ code: "input", path: name || operator, problem, fix: "export the model again" });
}
