import type { Rule } from "../graph/outcome.js";
import { attentionRules } from "./attention.js";
import { constantRules } from "./constants.js";
import { controlFlowRules } from "./control-flow.js";
import { convolutionRules } from "./convolution.js";
import { copyRules } from "./copies.js";
import { einsumRules } from "./einsum.js";
import { elementWiseRules } from "./element-wise.js";
import { normalisationRules } from "./normalisation.js";
import { poolingRules } from "./pooling.js";
import { productRules } from "./products.js";
import { recurrentRules } from "./recurrent.js";
import { reductionRules } from "./reductions.js";
import { samplingRules } from "./sampling.js";
import { selectionRules } from "./selections.js";
import { signalRules } from "./signals.js";
import { transposedConvolutionRules } from "./transposed-convolution.js";
import { viewRules } from "./views.js";

/** Rules by operator that may rely on every input's rank. */
export const rules: ReadonlyMap<string, Rule> = new Map([
  ...constantRules,
  ...viewRules,
  ...elementWiseRules,
  ...selectionRules,
  ...copyRules,
  ...reductionRules,
  ...normalisationRules,
  ...poolingRules,
  ...samplingRules,
  ...signalRules,
]);

/** Rules by operator that multiply and accumulate, and demand all sizes; and those whose inner graphs do. */
export const layerRules: ReadonlyMap<string, Rule> = new Map([
  ...convolutionRules,
  ...transposedConvolutionRules,
  ...productRules,
  ...einsumRules,
  ...recurrentRules,
  ...attentionRules,
  ...controlFlowRules,
]);
