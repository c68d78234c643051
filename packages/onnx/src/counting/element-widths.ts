import { type ElementBits, type Layer, withBits } from "@loopnest/mapspace";
import type { Step } from "../inference/step.js";
import type { Value } from "../values/value.js";

/** Bits of sums of whole numbers, as ONNX defines its integer operators. */
const SUM_BITS = 32;

/** Which input is the weights, and which the zero point that says the type of the outputs. */
const LAYERS: Readonly<
  Record<string, { readonly weightsAt: number; readonly outputTypeAt?: number; readonly sums?: true }>
> = {
  ...{
    Conv: { weightsAt: 1 },
    FusedConv: { weightsAt: 1 },
    NhwcConv: { weightsAt: 1 },
    NhwcFusedConv: { weightsAt: 1 },
  },
  ...{ MatMul: { weightsAt: 1 }, FusedMatMul: { weightsAt: 1 }, Gemm: { weightsAt: 1 }, FusedGemm: { weightsAt: 1 } },
  ...{ ConvInteger: { weightsAt: 1, sums: true }, MatMulInteger: { weightsAt: 1, sums: true } },
  ...{ QLinearConv: { weightsAt: 3, outputTypeAt: 7 }, QLinearMatMul: { weightsAt: 3, outputTypeAt: 7 } },
};

/** Operators whose outputs are elements of their first input as they are, at other places. */
const SAME_ELEMENTS = [
  "Identity",
  "Reshape",
  "Flatten",
  "Squeeze",
  "Unsqueeze",
  "Transpose",
  "MaxPool",
  "Slice",
  "Expand",
];

/**
 * Puts the widths of elements on layers, as far as a model says them: by values of whole numbers of 8 bits or fewer,
 * QuantizeLinear and DequantizeLinear, QONNX's Quant, IntQuant, BipolarQuant and Trunc, operators of whole numbers
 * (ConvInteger, QLinearConv and the like, whose sums have 32 bits), and the attribute `bits` of MatMulNBits. An output
 * is as wide as what quantises it behind element-wise operators. Values of floating point have no width: one word of
 * every level.
 */
export function elementWidths(steps: readonly Step[]): (step: Step) => readonly Layer[] {
  const bitsOf = new Map<Value, number>();
  const users = new Map<Value, Step[]>();
  const known = (value: Value | null | undefined) =>
    value ? (bitsOf.get(value) ?? bitsOf.get(value.storage) ?? value.bits ?? undefined) : undefined;
  for (const step of steps) {
    for (const input of new Set(step.operation.inputs)) {
      if (input !== null) users.set(input.storage, [...(users.get(input.storage) ?? []), step]);
    }
    const bits = outputBits(step, known);
    const [output] = step.outcome.outputs;
    if (bits !== undefined && output !== undefined) bitsOf.set(output, bits);
  }

  /** Bits that an output is quantised to before anything but element-wise operators sees it. */
  function quantised(output: Value | undefined): number | undefined {
    for (let value = output; value !== undefined; ) {
      const [user, ...others] = users.get(value.storage) ?? [];
      if (user === undefined || others.length > 0 || user.outcome.kind !== "element-wise") return undefined;
      const [next] = user.outcome.outputs;
      if (quantises(kindOf(user))) return known(next);
      value = next;
    }
    return undefined;
  }

  return (step) => {
    const { layers = [], outputs } = step.outcome;
    const bits = layers.length === 1 ? layerBits(step, known, () => quantised(outputs[0])) : {};
    if (Object.keys(bits).length === 0) return layers;
    return layers.map((layer) => ({ ...layer, problem: withBits(layer.problem, bits) }));
  };
}

type Known = (value: Value | null | undefined) => number | undefined;

function layerBits(step: Step, known: Known, quantised: () => number | undefined): ElementBits {
  const { operation } = step;
  const kind = kindOf(step);
  const inputs = known(operation.optional(0));
  if (kind === "MatMulNBits" || kind === "MatMulBnb4") {
    return given({ Weights: operation.int("bits", 4), Inputs: inputs, Outputs: quantised() });
  }
  const form = LAYERS[kind];
  if (form === undefined) return {};
  const Weights = known(operation.optional(form.weightsAt));
  if (form.sums) return given({ Weights, Inputs: inputs, Outputs: SUM_BITS, partialSums: SUM_BITS });
  if (form.outputTypeAt === undefined) return given({ Weights, Inputs: inputs, Outputs: quantised() });
  const Outputs = known(operation.optional(form.outputTypeAt)) ?? 8;
  return given({ Weights, Inputs: inputs, Outputs, partialSums: SUM_BITS });
}

/** Bits of the first output, where the operator or its inputs say them. */
function outputBits(step: Step, known: Known): number | undefined {
  const { operation } = step;
  const kind = kindOf(step);
  const own = known(operation.optional(0));
  if (kind === "QuantizeLinear") return known(operation.optional(2)) ?? 8;
  if (kind === "DynamicQuantizeLinear") return 8;
  if (kind === "DequantizeLinear" || SAME_ELEMENTS.includes(kind)) return own;
  if (kind === "BipolarQuant") return 1;
  if (kind === "Quant" || kind === "IntQuant") return whole(operation.optional(3));
  if (kind === "Trunc") return whole(operation.optional(4));
  const typeAt = LAYERS[kind]?.outputTypeAt;
  if (typeAt !== undefined) return known(operation.optional(typeAt)) ?? 8;
  return undefined;
}

function quantises(kind: string): boolean {
  return ["QuantizeLinear", "Quant", "IntQuant", "BipolarQuant", "Trunc"].includes(kind);
}

/** A single whole number that is known, as a width. */
function whole(value: Value | null): number | undefined {
  const bits = value?.data?.length === 1 ? value.data[0] : null;
  return bits != null && Number.isSafeInteger(bits) && bits > 0 ? bits : undefined;
}

function given(bits: Readonly<Record<string, number | undefined>>): ElementBits {
  return Object.fromEntries(Object.entries(bits).filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/** The operator without its domain. */
function kindOf({ operation }: Step): string {
  return operation.node.operator.split(".").at(-1)!;
}
