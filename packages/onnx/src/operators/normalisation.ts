import type { Rule } from "../graph/outcome.js";

/** Statistics are gathered and applied: counted as one read of the input and one write of the output. */
const normalised: Rule = (operation) => {
  const { shape } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape)] };
};

/** The mean and the inverse deviation, if they are taken, have a single element along each axis that is normalised. */
const layerNormalised: Rule = (operation) => {
  const { shape } = operation.input(0);
  const first = operation.axis(operation.int("axis", -1), shape!.length);
  const statistics = shape!.map((size, axis) => (axis < first ? size : 1));
  const outputs = operation.node.outputs.map((_, i) => operation.output(i === 0 ? shape : statistics));
  return { kind: "movement", outputs };
};

/** The sum of input and skip is normalised, and given as the last output if it is taken. */
const skipNormalised: Rule = (operation) => {
  const { shape } = operation.input(0);
  const statistics = [...shape!.slice(0, -1), 1];
  const outputs = operation.node.outputs.map((_, i) => operation.output(i === 0 || i === 3 ? shape : statistics));
  return { kind: "movement", outputs };
};

/** Scale and zero point follow from the largest and smallest word, so that nothing is quantised before all words are there. */
const dynamicQuantize: Rule = (operation) => {
  const { shape } = operation.input(0);
  const zeroPoint = operation.output([], { isInteger: true });
  return {
    kind: "movement",
    outputs: [operation.output(shape, { isInteger: true }), operation.output([]), zeroPoint],
  };
};

const NORMALISED = [
  ...["Softmax", "LogSoftmax", "Hardmax", "InstanceNormalization", "GroupNormalization", "LpNormalization"],
  ...["MeanVarianceNormalization", "LRN", "com.microsoft.GroupNorm"],
];

const LAYER_NORMALISED = [
  ...["LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization"],
  ...["com.microsoft.LayerNormalization", "com.microsoft.SimplifiedLayerNormalization"],
];

/** Rotary embeddings turn pairs of channels by the position: their first input's shape stays. */
const ROTARY = ["RotaryEmbedding", "com.microsoft.RotaryEmbedding"];

export const normalisationRules: ReadonlyMap<string, Rule> = new Map([
  ...[...NORMALISED, ...ROTARY].map((name): [string, Rule] => [name, normalised]),
  ...LAYER_NORMALISED.map((name): [string, Rule] => [name, layerNormalised]),
  ["DynamicQuantizeLinear", dynamicQuantize],
  ["com.microsoft.SkipLayerNormalization", skipNormalised],
  ["com.microsoft.SkipSimplifiedLayerNormalization", skipNormalised],
]);
