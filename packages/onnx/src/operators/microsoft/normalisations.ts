import type { Rule } from "../../operation/rule.js";
import { layerNormalised, normalised } from "../kinds/normalised.js";

export const GroupNorm = normalised;
export const RotaryEmbedding = normalised;
export const LayerNormalization = layerNormalised;
export const SimplifiedLayerNormalization = layerNormalised;

/** The sum of input and skip is normalised, and given as the last output if it is taken. */
export const SkipLayerNormalization: Rule = (operation) => {
  const { shape } = operation.input(0);
  const statistics = [...shape!.slice(0, -1), 1];
  const outputs = operation.node.outputs.map((_, i) => operation.output(i === 0 || i === 3 ? shape : statistics));
  return { kind: "movement", outputs };
};

export const SkipSimplifiedLayerNormalization = SkipLayerNormalization;
