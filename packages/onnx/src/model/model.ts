/** A size as a file gives it: a number, a name that stands for one, or nothing. */
export type DeclaredSize = number | string | null;

/** A constant of a model. Weights have a shape only; small tensors, which may be shapes, have their values too. */
export interface Tensor {
  readonly shape: readonly number[];
  /** In row-major order; null if there are too many to be a shape, or they are not in the file. */
  readonly data: readonly number[] | null;
  readonly isInteger: boolean;
  /** Bits of an element, of whole numbers of 8 bits or fewer; else null. */
  readonly bits: number | null;
  /** Name of the other file that holds its values; absent if this one does. */
  readonly location?: string;
}

/** An attribute of an operator; only what its kind has is there. */
export interface Attribute {
  readonly int: number;
  readonly float: number;
  readonly text: string;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly texts: readonly string[];
  readonly tensor: Tensor | null;
  readonly graph: Graph | null;
  /** In a function: the attribute of the caller that stands here; "" if none does. */
  readonly reference: string;
}

/** An operator at its place in a graph. */
export interface Node {
  /** `Conv`; with the domain in front unless it is ONNX's own: `com.microsoft.Attention`. */
  readonly operator: string;
  /** "" if it has none. */
  readonly name: string;
  /** Names of values; "" for an optional one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A value with the sizes that a file declares for it; null if it declares no rank. */
export interface DeclaredValue {
  readonly name: string;
  readonly shape: readonly DeclaredSize[] | null;
  readonly isInteger: boolean;
  /** As of a `Tensor`. */
  readonly bits: number | null;
}

/** Operators with the constants, inputs and outputs that they share. */
export interface Graph {
  readonly name: string;
  /** In an order in which they can run. */
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Tensor>;
  /** Without those that have a constant as their default. */
  readonly inputs: readonly DeclaredValue[];
  readonly outputs: readonly string[];
  /** What the file declares of values inside. */
  readonly declared: ReadonlyMap<string, DeclaredValue>;
}

/** An operator that is defined by the model itself. */
export interface ModelFunction {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly Node[];
  readonly defaults: ReadonlyMap<string, Attribute>;
}

/** What is needed of an ONNX file. */
export interface Model {
  /** The program that wrote it, with its version; "" if it does not say. */
  readonly producer: string;
  /** Version of ONNX's own operators. */
  readonly opset: number;
  readonly graph: Graph;
  /** By the name of their operator. */
  readonly functions: ReadonlyMap<string, ModelFunction>;
}
