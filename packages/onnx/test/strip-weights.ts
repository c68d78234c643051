import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema, type TensorProto, TensorProto_DataLocation } from "onnx-buf";

/** Largest tensor that keeps its values: shapes and scales, no weights. */
const MOST_VALUES = 64;

/**
 * An ONNX model without its weights: large tensors keep their shape and say that their values are in another file
 * (which nobody has). This is how the files in `fixtures` were made.
 */
export function stripWeights(bytes: Uint8Array): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  stripGraph(model.graph!);
  return toBinary(ModelProtoSchema, model);
}

function stripGraph(graph: GraphProto): void {
  graph.initializer.forEach(stripTensor);
  for (const node of graph.node) {
    node.docString = "";
    for (const attribute of node.attribute) {
      if (attribute.t !== undefined) stripTensor(attribute.t);
      if (attribute.g !== undefined) stripGraph(attribute.g);
    }
  }
}

function stripTensor(tensor: TensorProto): void {
  if (tensor.dims.reduce((count, size) => count * Number(size), 1) <= MOST_VALUES) return;
  tensor.rawData = new Uint8Array();
  tensor.floatData = [];
  tensor.doubleData = [];
  tensor.int32Data = [];
  tensor.int64Data = [];
  tensor.uint64Data = [];
  tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
}
