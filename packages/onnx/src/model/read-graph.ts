import { LoopnestError } from "@loopnest/mapspace";
import { isIntegerType, narrowBits } from "./element-types.js";
import type { Attribute, DeclaredSize, DeclaredValue, Graph, Node, Tensor } from "./model.js";
import { type NamedTensor, readSparseTensor, readTensor } from "./read-tensor.js";
import { inRunningOrder } from "./running-order.js";
import { fileSize } from "./sizes.js";
import { bytesField, floatField, floatsField, integerField, integersField, readMessage, textField } from "./wire.js";

/** A graph as it stands in the file. */
export type GraphBytes = Uint8Array;

/** Graphs may stand in attributes of nodes of graphs, so deep. */
const DEEPEST = 100;

/** Reads `GraphProto`. */
export function readGraph(bytes: GraphBytes, depth = 0): Graph {
  if (depth > DEEPEST) {
    const fix = "export the model again: the file is damaged";
    throw new LoopnestError({ code: "input", problem: `graphs stand in each other more than ${DEEPEST} deep`, fix });
  }
  let name = "";
  const nodes: Node[] = [];
  const constants = new Map<string, Tensor>();
  const [inputs, outputs, inside]: DeclaredValue[][] = [[], [], []];
  const take = ({ name, tensor }: NamedTensor) => constants.set(name, tensor);
  readMessage(bytes, {
    1: bytesField((node) => nodes.push(readNode(node, depth))),
    2: textField((text) => {
      name = text;
    }),
    5: bytesField((tensor) => take(readTensor(tensor))),
    11: bytesField((value) => inputs!.push(readDeclared(value))),
    12: bytesField((value) => outputs!.push(readDeclared(value))),
    13: bytesField((value) => inside!.push(readDeclared(value))),
    15: bytesField((tensor) => take(readSparseTensor(tensor))),
  });
  return {
    name,
    nodes: inRunningOrder(nodes),
    constants,
    inputs: inputs!.filter((input) => !constants.has(input.name)),
    outputs: outputs!.map((output) => output.name),
    declared: new Map([...inside!, ...outputs!].map((value) => [value.name, value])),
  };
}

/**
 * Reads `NodeProto`.
 *
 * @param depth How deep the node's graph stands in others.
 */
export function readNode(bytes: Uint8Array, depth: number): Node {
  let [name, type, domain] = ["", "", ""];
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes = new Map<string, Attribute>();
  readMessage(bytes, {
    1: textField((text) => inputs.push(text)),
    2: textField((text) => outputs.push(text)),
    3: textField((text) => {
      name = text;
    }),
    4: textField((text) => {
      type = text;
    }),
    5: bytesField((message) => {
      const [key, attribute] = readAttribute(message, depth);
      attributes.set(key, attribute);
    }),
    7: textField((text) => {
      domain = text;
    }),
  });
  return { operator: operatorName(domain, type), name, inputs, outputs, attributes };
}

/** Reads `AttributeProto`: its name, and what it has. */
export function readAttribute(bytes: Uint8Array, depth: number): [name: string, attribute: Attribute] {
  let [name, text, reference] = ["", "", ""];
  let [int, float] = [0, 0];
  const [ints, floats, texts]: [number[], number[], string[]] = [[], [], []];
  let tensor = null as Tensor | null;
  let graph = null as Graph | null;
  const decoded = (data: Uint8Array) => new TextDecoder().decode(data);
  readMessage(bytes, {
    1: textField((own) => {
      name = own;
    }),
    2: floatField((value) => {
      float = value;
    }),
    3: integerField((value) => {
      int = value;
    }),
    4: bytesField((data) => {
      text = decoded(data);
    }),
    5: bytesField((message) => {
      tensor = readTensor(message).tensor;
    }),
    6: bytesField((message) => {
      graph = readGraph(message, depth + 1);
    }),
    7: floatsField((value) => floats.push(value)),
    8: integersField((value) => ints.push(value)),
    9: bytesField((data) => texts.push(decoded(data))),
    21: textField((own) => {
      reference = own;
    }),
    22: bytesField((message) => {
      tensor = readSparseTensor(message).tensor;
    }),
  });
  return [name, { int, float, text, ints, floats, texts, tensor, graph, reference }];
}

/** Reads `ValueInfoProto`: only tensors have a shape. */
function readDeclared(bytes: Uint8Array): DeclaredValue {
  let [name, type] = ["", 0];
  let shape = null as DeclaredSize[] | null;
  const dimension = (message: Uint8Array) => {
    let size = null as DeclaredSize;
    readMessage(message, {
      // Some exporters write -1, or 0, for a size that is not fixed.
      1: integerField((value) => {
        size = value > 0 ? value : null;
      }),
      2: textField((text) => {
        size = text === "" ? null : text;
      }),
    });
    shape!.push(size);
  };
  const tensorType = (message: Uint8Array) =>
    readMessage(message, {
      1: integerField((value) => {
        type = value;
      }),
      2: bytesField((dims) => {
        shape = [];
        readMessage(dims, { 1: bytesField(dimension) });
      }),
    });
  readMessage(bytes, {
    1: textField((text) => {
      name = text;
    }),
    2: bytesField((message) => readMessage(message, { 1: bytesField(tensorType) })),
  });
  const sizes = shape;
  return {
    name,
    shape: sizes?.map((size) => (typeof size === "number" ? fileSize(size, name) : size)) ?? null,
    isInteger: isIntegerType(type),
    bits: narrowBits(type),
  };
}

/** `ai.onnx` is the long name of the domain of ONNX's own operators. */
export function isOwnDomain(domain: string): boolean {
  return domain === "" || domain === "ai.onnx";
}

/** `Conv`, `com.microsoft.Attention`. */
export function operatorName(domain: string, type: string): string {
  return printable(isOwnDomain(domain) ? type : `${domain}.${type}`) || "(no operator)";
}

/** Text for people, without what would steer a terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, "?").slice(0, 200);
}
