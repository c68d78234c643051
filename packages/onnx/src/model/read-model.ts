import { fromBinary } from "@bufbuild/protobuf";
import { LoopnestError } from "@loopnest/mapspace";
import {
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from "onnx-buf";
import type { Attribute, DeclaredSize, DeclaredValue, Graph, Model, Node, Tensor } from "./model.js";
import { isIntegerType, readSparseTensor, readTensor } from "./read-tensor.js";
import { inRunningOrder } from "./running-order.js";

/**
 * Reads the protocol buffer of an ONNX model.
 *
 * @throws LoopnestError `input` if the bytes are none, or hold no graph.
 */
export function readModel(bytes: Uint8Array): Model {
  const model = decode(bytes);
  if (model.graph === undefined || model.graph.node.length === 0) throw notOnnx("it holds no graph");
  const ownSet = model.opsetImport.find(({ domain }) => isOwnDomain(domain));
  return {
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(" "),
    opset: Number(ownSet?.version ?? 1),
    graph: readGraph(model.graph),
    functions: new Map(
      model.functions.map((definition) => [
        operatorName(definition.domain, definition.name),
        {
          inputs: definition.input,
          outputs: definition.output,
          nodes: inRunningOrder(definition.node.map(readNode)),
          defaults: attributes(definition.attributeProto),
        },
      ]),
    ),
  };
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw notOnnx(error instanceof Error ? error.message : String(error));
  }
}

function notOnnx(reason: string): LoopnestError {
  return new LoopnestError({
    code: "input",
    problem: `this is not an ONNX model: ${reason}`,
    fix: "give a whole .onnx file",
  });
}

function readGraph(graph: GraphProto): Graph {
  const constants = new Map<string, Tensor>(graph.initializer.map((tensor) => [tensor.name, readTensor(tensor)]));
  for (const sparse of graph.sparseInitializer) constants.set(sparse.values?.name ?? "", readSparseTensor(sparse));
  const declared = [...graph.valueInfo, ...graph.output].map(readDeclared);
  return {
    name: graph.name,
    nodes: inRunningOrder(graph.node.map(readNode)),
    constants,
    inputs: graph.input.map(readDeclared).filter(({ name }) => !constants.has(name)),
    outputs: graph.output.map(({ name }) => name),
    declared: new Map(declared.map((value) => [value.name, value])),
  };
}

function readNode({ opType, domain, name, input, output, attribute }: NodeProto): Node {
  return {
    operator: operatorName(domain, opType),
    name,
    inputs: input,
    outputs: output,
    attributes: attributes(attribute),
  };
}

function attributes(list: readonly AttributeProto[]): Map<string, Attribute> {
  return new Map(list.map((attribute) => [attribute.name, readAttribute(attribute)]));
}

function readAttribute({ i, f, s, ints, floats, strings, t, g, sparseTensor, refAttrName }: AttributeProto): Attribute {
  const sparse = sparseTensor === undefined ? null : readSparseTensor(sparseTensor);
  const decoder = new TextDecoder();
  return {
    int: Number(i),
    float: f,
    text: decoder.decode(s),
    ints: ints.map(Number),
    floats,
    texts: strings.map((text) => decoder.decode(text)),
    tensor: t === undefined ? sparse : readTensor(t),
    graph: g === undefined ? null : readGraph(g),
    reference: refAttrName,
  };
}

function readDeclared({ name, type }: ValueInfoProto): DeclaredValue {
  const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
  const shape = tensor?.shape?.dim.map(({ value }): DeclaredSize => {
    if (value.case === "dimParam") return value.value === "" ? null : value.value;
    // Some exporters write -1, or 0, for a size that is not fixed.
    return value.case === "dimValue" && value.value > 0n ? Number(value.value) : null;
  });
  return { name, shape: shape ?? null, isInteger: isIntegerType(tensor?.elemType ?? 0) };
}

function isOwnDomain(domain: string): boolean {
  return domain === "" || domain === "ai.onnx";
}

function operatorName(domain: string, name: string): string {
  return isOwnDomain(domain) ? name : `${domain}.${name}`;
}
