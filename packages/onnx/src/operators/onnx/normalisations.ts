import type { Rule } from "../../operation/rule.js";
import { layerNormalised, normalised } from "../kinds/normalised.js";

export const Softmax = normalised;
export const LogSoftmax = normalised;
export const Hardmax = normalised;
export const InstanceNormalization = normalised;
export const GroupNormalization = normalised;
export const LpNormalization = normalised;
export const MeanVarianceNormalization = normalised;
export const LRN = normalised;
export const LayerNormalization = layerNormalised;
export const RMSNormalization = layerNormalised;
export const SimplifiedLayerNormalization = layerNormalised;

/** In training, statistics of the batch are gathered first; what is kept of them has a word for each channel. */
export const BatchNormalization: Rule = (operation) => {
  const { shape } = operation.input(0);
  const channels = operation.optional(1)?.shape ?? [shape![1] ?? null];
  const outputs = operation.node.outputs.map((_, i) => operation.output(i === 0 ? shape : channels));
  const isTraining = operation.int("training_mode", 0) === 1;
  return { kind: isTraining ? "movement" : "element-wise", outputs };
};

/** Pairs of channels are turned by the position: the first input's shape stays. */
export const RotaryEmbedding = normalised;

/**
 * Scale and zero point follow from the largest and smallest word, so that nothing is quantised before all words are
 * there.
 */
export const DynamicQuantizeLinear: Rule = (operation) => {
  const { shape } = operation.input(0);
  const zeroPoint = operation.output([], { isInteger: true });
  return {
    kind: "movement",
    outputs: [operation.output(shape, { isInteger: true }), operation.output([]), zeroPoint],
  };
};
