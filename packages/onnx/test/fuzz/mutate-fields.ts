import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Random } from "@loopnest/mapspace";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
} from "onnx-buf";

/** Whole numbers that sizes, axes and counts break at. */
const EXTREME: readonly bigint[] = [
  -(2n ** 63n),
  -(2n ** 31n),
  -2n,
  -1n,
  0n,
  1n,
  3n,
  2n ** 31n,
  2n ** 53n,
  2n ** 63n - 1n,
];
/** Numbers that scales break at. */
const EXTREME_FLOATS: readonly number[] = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e-38, 3e38];
/** Names that objects have already, and one that no file can have. */
const STRANGE_NAMES: readonly string[] = ["", "__proto__", "constructor", "\u001b[2J", "../x", "x".repeat(5000)];

/** A way to change a graph so that it is a well-formed file still. */
type Mutation = (graph: GraphProto, random: Random, model: ModelProto) => void;

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random.below(Math.max(1, list.length))];
const anyNumber = (random: Random) => pick(EXTREME, random)!;

/** One element of a list is replaced, left out, or stands there twice. */
function changeList<T>(list: T[], random: Random, other: (random: Random) => T): void {
  const at = random.below(list.length + 1);
  const way = random.below(4);
  if (way === 0) list.splice(at, 1);
  else if (way === 1) list.splice(at, 0, other(random));
  else if (way === 2) list.length = 0;
  else list[Math.min(at, Math.max(0, list.length - 1))] = other(random);
}

const valueNames = (graph: GraphProto): string[] => [
  ...graph.input.map(({ name }) => name),
  ...graph.initializer.map(({ name }) => name),
  ...graph.node.flatMap(({ output }) => output),
  ...STRANGE_NAMES,
];

const changeInputs: Mutation = (graph, random) => {
  const node = pick(graph.node, random);
  if (node) changeList(node.input, random, () => pick(valueNames(graph), random)!);
};

const changeOutputs: Mutation = (graph, random) => {
  const node = pick(graph.node, random);
  if (node) changeList(node.output, random, () => pick([...valueNames(graph), "new"], random)!);
};

const changeGraphOutputs: Mutation = (graph, random) => {
  const output = pick(graph.output, random);
  if (output) output.name = pick(valueNames(graph), random)!;
};

const changeShape: Mutation = (graph, random) => {
  const type = pick([...graph.input, ...graph.output, ...graph.valueInfo], random)?.type?.value;
  if (type?.case !== "tensorType") return;
  if (random.below(4) === 0) type.value.elemType = random.below(25);
  const dims = type.value.shape?.dim;
  if (!dims?.length) delete type.value.shape;
  else if (random.below(3) === 0) changeList(dims, random, () => ({ ...pick(dims, random)! }));
  else pick(dims, random)!.value = { case: "dimValue", value: anyNumber(random) };
};

function changeTensor(tensor: TensorProto, random: Random): void {
  const way = random.below(5);
  if (way === 0) tensor.dataType = random.below(25);
  else if (way === 1) tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
  else if (way === 2 && tensor.rawData.length >= 8) {
    const rawData = tensor.rawData.slice();
    new DataView(rawData.buffer).setBigInt64(8 * random.below(rawData.length >> 3), anyNumber(random), true);
    tensor.rawData = rawData;
  } else if (way === 3) tensor.floatData = tensor.floatData.map(() => pick(EXTREME_FLOATS, random)!);
  else changeList(tensor.dims, random, anyNumber);
}

const changeConstant: Mutation = (graph, random) => {
  const tensor = pick(graph.initializer, random);
  if (tensor) changeTensor(tensor, random);
};

const changeAttribute: Mutation = (graph, random) => {
  const node = pick(graph.node, random);
  const attribute = node && pick(node.attribute, random);
  if (!attribute) return;
  const way = random.below(4);
  if (way === 0) node.attribute.splice(node.attribute.indexOf(attribute), 1);
  else if (way === 1) retype(attribute, random);
  else if (way === 2) attribute.name = pick(ATTRIBUTES, random)!;
  else if (attribute.ints.length > 0) changeList(attribute.ints, random, anyNumber);
  else if (attribute.t) changeTensor(attribute.t, random);
  else if (attribute.g) attribute.g.input.length = 0;
  else attribute.i = anyNumber(random);
};

/** What an attribute has is gone, and it has something of another type. */
function retype(attribute: AttributeProto, random: Random): void {
  const type = AttributeProto_AttributeType;
  const other = pick([type.INT, type.INTS, type.FLOAT, type.FLOATS, type.STRING, type.GRAPH], random)!;
  Object.assign(attribute, { type: other, i: 0n, ints: [], f: 0, floats: [], s: new Uint8Array(), g: undefined });
  if (other === type.INT) attribute.i = anyNumber(random);
  if (other === type.INTS) attribute.ints = Array.from({ length: random.below(5) }, () => anyNumber(random));
  if (other === type.FLOAT) attribute.f = pick(EXTREME_FLOATS, random)!;
  if (other === type.FLOATS) attribute.floats = [pick(EXTREME_FLOATS, random)!];
  if (other === type.STRING) attribute.s = new TextEncoder().encode(pick(STRANGE_NAMES, random)!);
}

/** A node gets an attribute that operators look for, with a number or a list that is none of theirs. */
const addAttribute: Mutation = (graph, random) => {
  const [node, other] = [
    pick(graph.node, random),
    pick(
      graph.node.flatMap(({ attribute }) => attribute),
      random,
    ),
  ];
  if (!node || !other) return;
  const { g: _graph, t: _tensor, ...plain } = other;
  const attribute = structuredClone(plain) as AttributeProto;
  attribute.name = pick(ATTRIBUTES, random)!;
  retype(attribute, random);
  node.attribute.push(attribute);
};

const ATTRIBUTES: readonly string[] = [
  ...["axis", "axes", "perm", "pads", "strides", "dilations", "group", "kernel_shape", "auto_pad", "ceil_mode", "k"],
  ...["output_padding", "output_shape", "num_heads", "kv_num_heads", "hidden_size", "direction", "layout", "equation"],
  ...["keepdims", "blocksize", "split", "num_outputs", "batch_dims", "scales", "shape", "to", "transA", "transB"],
  ...["onesided", "inverse", "num_scan_inputs", "scan_input_axes", "scan_output_axes", "starts", "ends", "repeats"],
  ...["value_int", "value_ints", "bits", "block_size", "K", "N", "channels_last", "allowzero", "new_axis", "p"],
];

/** Another operator's work on the values of this one. */
const changeOperator: Mutation = (graph, random, model) => {
  const [node, other] = [pick(graph.node, random), pick(allNodes(model.graph!), random)];
  if (!node || !other) return;
  [node.opType, node.domain] = random.below(3) === 0 ? [pick(OPERATORS, random)!, ""] : [other.opType, other.domain];
};

/** Operators that read what they do from their inputs or attributes, in many ranks. */
const OPERATORS: readonly string[] = [
  ...["Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "DeformConv", "MaxPool", "AveragePool", "GlobalMaxPool"],
  ...["MatMul", "MatMulInteger", "QLinearMatMul", "Gemm", "Einsum", "LSTM", "GRU", "RNN", "Attention", "MaxRoiPool"],
  ...["Reshape", "Transpose", "Concat", "Slice", "Split", "Gather", "GatherND", "GatherElements", "ScatterND", "Pad"],
  ...["Expand", "Tile", "Resize", "Upsample", "TopK", "OneHot", "Range", "ConstantOfShape", "EyeLike", "Squeeze"],
  ...["Unsqueeze", "Flatten", "Shape", "Size", "ReduceSum", "ArgMax", "CumSum", "Compress", "Unique", "NonZero"],
  ...["DepthToSpace", "SpaceToDepth", "Col2Im", "GridSample", "AffineGrid", "RoiAlign", "CenterCropPad", "DFT", "STFT"],
  ...["SequenceAt", "SequenceConstruct", "SplitToSequence", "ConcatFromSequence", "SequenceMap", "Loop", "If", "Scan"],
  ...["LayerNormalization", "BatchNormalization", "PRelu", "Where", "Mod", "Pow", "Div", "BitShift", "Multinomial"],
  ...["NonMaxSuppression", "MaxUnpool", "Constant", "MelWeightMatrix", "TfIdfVectorizer", "StringSplit", "Cast"],
];

const changeOpset: Mutation = (_, random, model) => {
  const opset = pick(model.opsetImport, random);
  if (opset) opset.version = pick([...EXTREME, 5n, 6n, 8n, 10n, 12n, 18n, 21n], random)!;
};

const swapNodes: Mutation = (graph, random) => {
  const [a, b] = [random.below(graph.node.length), random.below(graph.node.length)];
  const [first, second] = [graph.node[a], graph.node[b]];
  if (first && second) [graph.node[a], graph.node[b]] = [second, first];
};

const rename: Mutation = (graph, random) => {
  const node = pick(graph.node, random);
  if (node) node.name = pick([...STRANGE_NAMES, pick(graph.node, random)!.name], random)!;
};

const MUTATIONS: readonly Mutation[] = [
  ...[changeInputs, changeInputs, changeOutputs, changeGraphOutputs, changeShape, changeConstant, changeConstant],
  ...[changeAttribute, changeAttribute, addAttribute, changeOperator, changeOperator, changeOpset, swapNodes, rename],
];

/**
 * A model with one to four fields that are not what they should be, in its graph or in one inside; a well-formed file.
 */
export function mutateFields(bytes: Uint8Array, random: Random): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const graph = pick(allGraphs(model.graph!), random)!;
    pick(MUTATIONS, random)!(graph, random, model);
  }
  return toBinary(ModelProtoSchema, model);
}

function allGraphs(graph: GraphProto): GraphProto[] {
  const inner = graph.node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => (g ? allGraphs(g) : [])));
  return [graph, ...inner];
}

function allNodes(graph: GraphProto): NodeProto[] {
  return allGraphs(graph).flatMap(({ node }) => node);
}
