import { LoopnestError } from "@loopnest/mapspace";
import { otherKind } from "./file-kind.js";
import type { Model, ModelFunction } from "./model.js";
import {
  type GraphBytes,
  isOwnDomain,
  operatorName,
  printable,
  readAttribute,
  readGraph,
  readNode,
} from "./read-graph.js";
import { inRunningOrder } from "./running-order.js";
import { bytesField, integerField, readMessage, textField } from "./wire.js";

/**
 * Reads the protocol buffer of an ONNX model (`ModelProto`), without its weights.
 *
 * @throws LoopnestError `input` if the bytes are none, hold no graph or no nodes, or nodes wait for each other in a
 * circle.
 */
export function readModel(bytes: Uint8Array): Model {
  const other = otherKind(bytes);
  if (other !== null) throw new LoopnestError({ code: "input", problem: `this is ${other.what}`, fix: other.fix });
  try {
    return modelOf(bytes);
  } catch (error) {
    if (error instanceof LoopnestError) throw error;
    throw notOnnx(error instanceof Error ? error.message : String(error));
  }
}

function modelOf(bytes: Uint8Array): Model {
  const producer = ["", ""];
  let opset = 1;
  let graph = null as GraphBytes | null;
  const functions = new Map<string, ModelFunction>();
  readMessage(bytes, {
    2: textField((text) => {
      producer[0] = printable(text);
    }),
    3: textField((text) => {
      producer[1] = printable(text);
    }),
    7: bytesField((message) => {
      graph = message;
    }),
    8: bytesField((message) => {
      const { domain, version } = readOpset(message);
      if (isOwnDomain(domain)) opset = version;
    }),
    25: bytesField((message) => {
      const [name, definition] = readFunction(message);
      functions.set(name, definition);
    }),
  });
  if (graph === null) throw notOnnx("it holds no graph");
  const read = readGraph(graph);
  if (read.nodes.length === 0) {
    throw new LoopnestError({
      code: "input",
      problem: "the model is a graph without nodes: it computes nothing",
      fix: "export the model again",
    });
  }
  return { producer: producer.filter(Boolean).join(" "), opset, graph: read, functions };
}

function readOpset(bytes: Uint8Array): { domain: string; version: number } {
  let [domain, version] = ["", 1];
  readMessage(bytes, {
    1: textField((text) => {
      domain = text;
    }),
    2: integerField((value) => {
      version = value;
    }),
  });
  return { domain, version };
}

function readFunction(bytes: Uint8Array): [operator: string, definition: ModelFunction] {
  let [name, domain] = ["", ""];
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const nodes: ReturnType<typeof readNode>[] = [];
  const defaults: ReturnType<typeof readAttribute>[] = [];
  readMessage(bytes, {
    1: textField((text) => {
      name = text;
    }),
    4: textField((text) => inputs.push(text)),
    5: textField((text) => outputs.push(text)),
    7: bytesField((node) => nodes.push(readNode(node, 0))),
    10: textField((text) => {
      domain = text;
    }),
    11: bytesField((attribute) => defaults.push(readAttribute(attribute, 0))),
  });
  return [operatorName(domain, name), { inputs, outputs, nodes: inRunningOrder(nodes), defaults: new Map(defaults) }];
}

function notOnnx(reason: string): LoopnestError {
  return new LoopnestError({
    code: "input",
    problem: `this is not an ONNX model: ${reason}`,
    fix: "give a whole .onnx file",
  });
}
