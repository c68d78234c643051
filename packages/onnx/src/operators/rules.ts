import type { Rule } from "../operation/rule.js";
import * as microsoftAttention from "./microsoft/attention.js";
import * as microsoftConvolutions from "./microsoft/convolutions.js";
import * as microsoftElementWise from "./microsoft/element-wise.js";
import * as microsoftExperts from "./microsoft/experts.js";
import * as microsoftMatrices from "./microsoft/matrices.js";
import * as microsoftNormalisations from "./microsoft/normalisations.js";
import * as microsoftProducts from "./microsoft/products.js";
import * as microsoftQuantised from "./microsoft/quantised.js";
import * as microsoftRecurrent from "./microsoft/recurrent.js";
import * as microsoftSampling from "./microsoft/sampling.js";
import * as microsoftTables from "./microsoft/tables.js";
import * as activations from "./onnx/activations.js";
import * as arithmetic from "./onnx/arithmetic.js";
import * as attention from "./onnx/attention.js";
import * as constants from "./onnx/constants.js";
import * as controlFlow from "./onnx/control-flow.js";
import * as conversions from "./onnx/conversions.js";
import * as convolutions from "./onnx/convolutions.js";
import * as copies from "./onnx/copies.js";
import * as einsum from "./onnx/einsum.js";
import * as experimental from "./onnx/experimental.js";
import * as foundByData from "./onnx/found-by-data.js";
import * as logic from "./onnx/logic.js";
import * as normalisations from "./onnx/normalisations.js";
import * as orders from "./onnx/orders.js";
import * as pooling from "./onnx/pooling.js";
import * as products from "./onnx/products.js";
import * as random from "./onnx/random.js";
import * as recurrent from "./onnx/recurrent.js";
import * as reductions from "./onnx/reductions.js";
import * as resize from "./onnx/resize.js";
import * as sampling from "./onnx/sampling.js";
import * as scan from "./onnx/scan.js";
import * as scatters from "./onnx/scatters.js";
import * as selections from "./onnx/selections.js";
import * as sequences from "./onnx/sequences.js";
import * as shapes from "./onnx/shapes.js";
import * as signals from "./onnx/signals.js";
import * as slice from "./onnx/slice.js";
import * as views from "./onnx/views.js";
import * as binary from "./qonnx/binary.js";
import * as channelsLast from "./qonnx/channels-last.js";
import * as channelsLastLayers from "./qonnx/channels-last-layers.js";
import * as quantised from "./qonnx/general.js";

/** Domains of QONNX's operators: its own, and those that Brevitas and FINN gave them before. */
const QONNX = ["qonnx.custom_op.general.", "onnx.brevitas.", "finn.custom_op.general."];
/** Domains of ONNX's operators with channels last: QONNX's, and one that ONNX Runtime makes when it optimises. */
const CHANNELS_LAST = ["qonnx.custom_op.channels_last.", "com.ms.internal.nhwc."];

type Rules = Readonly<Record<string, Rule>>;

/**
 * Rules by operator that may rely on every input's rank. One function stands for each operator, under ONNX's own name.
 */
export const rules: ReadonlyMap<string, Rule> = new Map([
  ...operators("", [activations, arithmetic, logic, conversions, normalisations]),
  ...operators("", [constants, shapes, random, views, copies, resize, slice, selections, scatters]),
  ...operators("", [reductions, orders, foundByData, pooling, sampling, signals, experimental]),
  ...operators("com.microsoft.", [microsoftElementWise, microsoftQuantised, microsoftNormalisations]),
  ...operators("com.microsoft.", [microsoftTables, microsoftSampling, microsoftMatrices]),
  ...QONNX.flatMap((domain) => operators(domain, [quantised])),
  ...CHANNELS_LAST.flatMap((domain) => operators(domain, [channelsLast])),
]);

/** Rules by operator that multiply and accumulate, and demand all sizes; and those whose inner graphs do. */
export const layerRules: ReadonlyMap<string, Rule> = new Map([
  ...operators("", [convolutions, products, einsum, recurrent, attention, controlFlow, scan]),
  ...operators("com.microsoft.", [microsoftConvolutions, microsoftProducts, microsoftRecurrent, microsoftAttention]),
  ...operators("com.microsoft.", [microsoftExperts]),
  ...QONNX.flatMap((domain) => operators(domain, [binary])),
  ...CHANNELS_LAST.flatMap((domain) => operators(domain, [channelsLastLayers])),
]);

/** Rules by operator that make or take sequences, and look at their inputs themselves. */
export const sequenceRules: ReadonlyMap<string, Rule> = new Map(operators("", [sequences]));

function operators(domain: string, rooms: readonly Rules[]): [operator: string, rule: Rule][] {
  return rooms.flatMap((room) => Object.entries(room)).map(([name, rule]) => [`${domain}${name}`, rule]);
}
