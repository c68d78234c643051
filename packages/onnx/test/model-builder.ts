import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type FunctionProtoSchema,
  type GraphProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from "onnx-buf";

type Given<T extends Parameters<typeof create>[0]> = MessageInitShape<T>;
type Tensor = Given<typeof TensorProtoSchema>;

/** An attribute: whole numbers, other numbers marked by `float`, texts, tensors or graphs. */
export type AttributeValue =
  | number
  | string
  | readonly number[]
  | { float: number }
  | { floats: readonly number[] }
  | Tensor
  | GraphBuilder
  | { reference: string };

export const FLOAT = TensorProto_DataType.FLOAT;
export const INT64 = TensorProto_DataType.INT64;
export const BOOL = TensorProto_DataType.BOOL;
export const INT32 = TensorProto_DataType.INT32;
export const UINT8 = TensorProto_DataType.UINT8;

/**
 * Builds the graph of an ONNX model, node by node, as an exporter would. Weights have shapes only: their values are
 * "external".
 */
export class GraphBuilder {
  readonly #nodes: Given<typeof NodeProtoSchema>[] = [];
  readonly #initializers: Tensor[] = [];
  readonly #inputs: Given<typeof ValueInfoProtoSchema>[] = [];
  readonly #outputs: Given<typeof ValueInfoProtoSchema>[] = [];
  readonly #functions: Given<typeof FunctionProtoSchema>[] = [];
  readonly #prefix: string;
  #count = 0;

  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  /** An input; sizes that are texts are symbolic. */
  input(name: string, shape: readonly (number | string | null)[], elemType: number = FLOAT): string {
    this.#inputs.push({ name, type: tensorType(shape, elemType) });
    return name;
  }

  weights(...shape: number[]): string {
    const name = this.#name("weights");
    const dims = shape.map(BigInt);
    this.#initializers.push({ name, dims, dataType: FLOAT, dataLocation: TensorProto_DataLocation.EXTERNAL });
    return name;
  }

  /** A constant list of whole numbers, or a single one. */
  integers(values: readonly number[] | number): string {
    const name = this.#name("integers");
    this.#initializers.push({ name, ...integers(values) });
    return name;
  }

  floats(values: readonly number[] | number): string {
    const name = this.#name("floats");
    const list = typeof values === "number" ? [values] : values;
    const dims = typeof values === "number" ? [] : [BigInt(values.length)];
    this.#initializers.push({ name, dims, dataType: FLOAT, floatData: [...list] });
    return name;
  }

  /** A node; returns the name of its first output. */
  node(opType: string, input: readonly string[], attributes: Record<string, AttributeValue> = {}, name = ""): string {
    return this.nodes(1, opType, input, attributes, name)[0]!;
  }

  /** A node with several outputs. */
  nodes(
    count: number,
    opType: string,
    input: readonly string[],
    attributes: Record<string, AttributeValue> = {},
    name = "",
  ): string[] {
    const output = Array.from({ length: count }, () => this.#name(opType));
    const [domain, operator] = splitDomain(opType);
    const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...attributeFields(value) }));
    this.#nodes.push({ opType: operator, domain, name, input: [...input], output, attribute });
    return output;
  }

  /** A node whose only output has a name that is given. */
  named(output: string, opType: string, input: readonly string[]): void {
    this.#nodes.push({ opType, input: [...input], output: [output] });
  }

  /** Makes a value an output; its shape may be declared. */
  output(name: string, shape?: readonly (number | string)[]): void {
    this.#outputs.push({ name, ...(shape !== undefined && { type: tensorType(shape, FLOAT) }) });
  }

  graph(): Given<typeof GraphProtoSchema> {
    const [node, initializer, input, output] = [this.#nodes, this.#initializers, this.#inputs, this.#outputs];
    return { name: "main_graph", node, initializer, input, output };
  }

  /**
   * An operator of the model's own, `own.NAME`: what its graph does, without shapes, as exporters write PyTorch's
   * modules.
   */
  define(name: string, body: GraphBuilder): void {
    const { node, input, output } = body.graph();
    this.#functions.push({
      ...{ name, domain: "own", node: node!, opsetImport: [{ domain: "", version: 17n }] },
      ...{ input: input!.map((value) => value.name!), output: output!.map((value) => value.name!) },
    });
  }

  /** The model's file, for a version of ONNX's operators. */
  bytes(opset = 17): Uint8Array {
    const model = create(ModelProtoSchema, {
      irVersion: 8n,
      producerName: "pytorch",
      producerVersion: "2.1.0",
      opsetImport: [
        { domain: "", version: BigInt(opset) },
        { domain: "com.microsoft", version: 1n },
        { domain: "own", version: 1n },
      ],
      graph: this.graph(),
      functions: this.#functions,
    });
    return toBinary(ModelProtoSchema, model);
  }

  #name(what: string): string {
    this.#count += 1;
    return `${this.#prefix}${what}_${this.#count}`;
  }
}

/** `com.microsoft.Attention` is Attention of the domain com.microsoft. */
function splitDomain(operator: string): [domain: string, operator: string] {
  const end = operator.lastIndexOf(".");
  return end < 0 ? ["", operator] : [operator.slice(0, end), operator.slice(end + 1)];
}

function integers(values: readonly number[] | number): Tensor {
  const list = typeof values === "number" ? [values] : values;
  const rawData = new Uint8Array(8 * list.length);
  const view = new DataView(rawData.buffer);
  list.forEach((value, i) => {
    view.setBigInt64(8 * i, BigInt(value), true);
  });
  return { dims: typeof values === "number" ? [] : [BigInt(values.length)], dataType: INT64, rawData };
}

function tensorType(shape: readonly (number | string | null)[], elemType: number) {
  const dim = shape.map((size) => ({
    value:
      typeof size === "string"
        ? { case: "dimParam" as const, value: size }
        : size === null
          ? { case: undefined }
          : { case: "dimValue" as const, value: BigInt(size) },
  }));
  return { value: { case: "tensorType" as const, value: { elemType, shape: { dim } } } };
}

function attributeFields(value: AttributeValue): Given<typeof AttributeProtoSchema> {
  const type = AttributeProto_AttributeType;
  if (typeof value === "number") return { type: type.INT, i: BigInt(value) };
  if (typeof value === "string") return { type: type.STRING, s: new TextEncoder().encode(value) };
  if (Array.isArray(value)) return { type: type.INTS, ints: value.map(BigInt) };
  if (value instanceof GraphBuilder) return { type: type.GRAPH, g: value.graph() };
  if ("float" in value) return { type: type.FLOAT, f: value.float };
  if ("reference" in value) return { type: type.INTS, refAttrName: value.reference };
  if ("floats" in value) return { type: type.FLOATS, floats: [...value.floats] };
  return { type: type.TENSOR, t: value as Tensor };
}
