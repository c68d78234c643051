import { LoopnestError } from "@loopnest/mapspace";
import type { Attribute, Graph, Node, Tensor } from "../model/model.js";
import { isKnown, newValue, type Shape, type Size, type Unknown, type Value } from "../values/value.js";
import type { Outcome } from "./outcome.js";

/** A value of more axes is taken for one whose rank is not known. */
const MOST_AXES = 64;

/** What an operator needs of its surroundings. */
export interface Surroundings {
  /** Version of ONNX's own operators. */
  readonly opset: number;
  /** The size that the caller gives by name, or null. */
  size(name: string): Size;
  /** What a graph inside the node does, where it sees the values around it. */
  runGraph(graph: Graph, inputs?: readonly (Value | null)[]): Subrun;
}

/** A graph that was followed apart: what it gives, and how much it does. */
export interface Subrun {
  readonly outputs: readonly Value[];
  /** Multiply-accumulates and words moved, to compare branches by. */
  readonly macs: number;
  readonly words: number;
  /** Makes what it does a part of the network, so many times. */
  keep(count?: number): void;
}

/** A node with the values it is given: what a rule works on. */
export class Operation {
  readonly node: Node;
  /** Unique, safe as a part of a file's name. */
  readonly name: string;
  readonly inputs: readonly (Value | null)[];
  readonly surroundings: Surroundings;

  constructor(node: Node, name: string, inputs: readonly (Value | null)[], surroundings: Surroundings) {
    this.node = node;
    this.name = name;
    this.inputs = inputs;
    this.surroundings = surroundings;
  }

  has(attribute: string): boolean {
    return this.node.attributes.has(attribute);
  }

  int(attribute: string, otherwise: number): number {
    return this.#attribute(attribute)?.int ?? otherwise;
  }

  float(attribute: string, otherwise: number): number {
    return this.#attribute(attribute)?.float ?? otherwise;
  }

  text(attribute: string, otherwise: string): string {
    return this.#attribute(attribute)?.text ?? otherwise;
  }

  ints(attribute: string): readonly number[] | null {
    return this.#attribute(attribute)?.ints ?? null;
  }

  /**
   * A number for every axis, from an attribute that may be left out, or be empty.
   *
   * @param count How many there have to be.
   * @param otherwise What each is if the model does not say.
   * @param least The smallest that makes sense; any whole number unless given.
   */
  perAxis(attribute: string, count: number, otherwise: number, least = Number.MIN_SAFE_INTEGER): readonly number[] {
    const given = this.ints(attribute) ?? [];
    const numbers = given.length === 0 ? Array<number>(count).fill(otherwise) : given;
    const fix = "check the sizes given for the inputs; the model may be damaged";
    if (numbers.length !== count) this.fail(`${numbers.length} ${attribute} where ${count} belong`, fix);
    const wrong = numbers.find((number) => !(Number.isSafeInteger(number) && number >= least));
    return wrong === undefined ? numbers : this.fail(`${attribute.replace(/s$/, "")} is ${wrong}`, fix);
  }

  floats(attribute: string): readonly number[] | null {
    return this.#attribute(attribute)?.floats ?? null;
  }

  tensor(attribute: string): Tensor | null {
    return this.#attribute(attribute)?.tensor ?? null;
  }

  graph(attribute: string): Graph {
    return this.#attribute(attribute)?.graph ?? this.fail(`has no graph ${attribute}`, "export the model again");
  }

  /** An input that has to be there. */
  input(index: number): Value {
    return this.inputs[index] ?? this.fail(`has no input ${index}`, "export the model again");
  }

  /** An optional input; null if it is left out. */
  optional(index: number): Value | null {
    return this.inputs[index] ?? null;
  }

  /**
   * Elements of an input that says where or how much, or of the attribute that said so in older models; null if neither
   * is there.
   */
  integers(index: number, attribute: string): readonly Size[] | null {
    const input = this.optional(index);
    return input === null ? this.ints(attribute) : input.data;
  }

  /** The shape that an input holds; null if its rank is not known. */
  shapeIn(index: number): Shape | null {
    const { data, shape } = this.input(index);
    const broken = data?.find((size) => size !== null && !Number.isInteger(size));
    if (broken !== undefined) this.fail(`a size of ${broken} in input ${index}`, "export the model again");
    if (data !== null) return data.map((size) => (size !== null && size < 0 ? null : size));
    const [rank] = shape ?? [];
    return typeof rank === "number" && rank <= MOST_AXES ? Array<Size>(rank).fill(null) : null;
  }

  /** An axis counted from the front. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
    return this.fail(`axis ${axis} of a value of ${rank} axes`, "export the model again");
  }

  /** The shape of an input of which every size has to be known: a layer's cost depends on it. */
  knownShape(index: number, rank?: number): readonly number[] {
    const { shape, unknown } = this.input(index);
    if (!isKnown(shape)) {
      const { problem, fix, node } = unknown ?? this.#undeclared();
      throw new LoopnestError({
        code: "unsupported",
        path: this.name,
        problem:
          `the shape of input ${index} of this ${this.node.operator} is not known: ` +
          `${problem}${node ? ` (${node})` : ""}`,
        fix,
        got: this.node.operator,
      });
    }
    if (rank !== undefined && shape.length !== rank) {
      return this.fail(`input ${index} has ${shape.length} axes`, `give it ${rank}`);
    }
    return shape;
  }

  /** How many outputs the model takes of it. */
  get outputCount(): number {
    return this.node.outputs.length;
  }

  /** A shape of an output, with the sizes that the caller gives for axes which depend on the data. */
  decided(output: number, shape: Shape | null): Shape | null {
    const name = this.node.outputs[output];
    if (!name || isKnown(shape)) return shape;
    const given = (axis: number) => this.surroundings.size(`${name}[${axis}]`);
    if (shape !== null) return shape.map((size, axis) => size ?? given(axis));
    const sizes: Size[] = [];
    for (let size = given(0); size !== null && sizes.length < MOST_AXES; size = given(sizes.length)) sizes.push(size);
    return sizes.length > 0 ? sizes : null;
  }

  /**
   * One size that depends on the data and that several outputs have: what the caller gives for it by one of their axes.
   *
   * @param places Outputs, each with the axis that has this size.
   */
  shared(places: readonly (readonly [output: number, axis: number])[]): Size {
    const given = places.map(([output, axis]) => {
      const name = this.node.outputs[output];
      return name ? this.surroundings.size(`${name}[${axis}]`) : null;
    });
    return given.find((size) => size !== null) ?? null;
  }

  /** An output; a constant if all inputs are. */
  output(shape: Shape | null, rest: Partial<Omit<Value, "shape" | "storage">> & { storage?: Value } = {}): Value {
    const isConstant = this.inputs.every((input) => input === null || input.isConstant);
    return newValue({ isConstant, ...rest, shape });
  }

  /** Outputs of which nothing is known. */
  unsized(reason: Unknown, kind: "unknown" | "unsized" = "unsized"): Outcome {
    const outputs = this.node.outputs.map(() => newValue({ shape: null, unknown: reason }));
    return { kind, outputs, reason: reason.problem };
  }

  /** @throws LoopnestError `input`: the model is wrong here. */
  fail(problem: string, fix: string): never {
    throw new LoopnestError({
      code: "input",
      path: this.name,
      problem: `${this.node.operator}: ${problem}`,
      fix,
      got: this.node.operator,
    });
  }

  #attribute(name: string): Attribute | undefined {
    return this.node.attributes.get(name);
  }

  #undeclared(): Unknown {
    return {
      problem: "nothing says it",
      fix: "infer the model's shapes before (onnx.shape_inference), and import again",
    };
  }
}
