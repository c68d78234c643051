import { featureRanks, type Link, type Problem } from "@loopnest/mapspace";
import type { Step } from "../inference/step.js";
import { isKnown, type Value } from "../values/value.js";
import type { CountedStep } from "./count-steps.js";

/** Where a value comes from, seen from the layer that reads it. */
interface Source {
  readonly step: Step;
  /** Operators on the way, in the order of the network. */
  readonly through: readonly string[];
  readonly refusal: string | null;
}

/**
 * Which layer's outputs are which layer's inputs. An element-wise operator on the way that moves nothing of its own is
 * followed; what is read by several, reshaped, or counted as data movement cannot stay on chip, and says so.
 *
 * @param outputs Of the model.
 * @returns Links by the places of the layers among those of all steps, in order.
 */
export function layerLinks(counted: readonly CountedStep[], outputs: readonly Value[]): Link[] {
  const steps = counted.map(({ step }) => step);
  const counting = new Map(counted.map((own) => [own.step, own.counting]));
  const order = new Map(steps.map((step, i) => [step, i]));
  const makers = new Map<Value, Step>();
  for (const step of steps) for (const value of step.outcome.outputs) if (!makers.has(value)) makers.set(value, step);
  const passed = (step: Step, value: Value) => mainInput(step, value, (input) => order.get(makers.get(input)!) ?? -1);
  /** The step whose outputs a fused one goes on with, as they come out. */
  const roots = new Map<Step, Step>();
  for (const step of steps) {
    const before = counting.get(step) === "fused" ? passed(step, step.outcome.outputs[0]!) : null;
    const maker = before === null ? undefined : makers.get(before);
    roots.set(step, (maker && roots.get(maker)) ?? step);
  }
  const readers = new Map<Value, Set<Step | null>>();
  /** What leaves such a step with all that goes on with it. */
  const leaving = new Map<Step, Set<Value>>();
  const read = (value: Value, reader: Step | null) => {
    const root = roots.get(makers.get(value)!);
    if (root === undefined || (reader !== null && roots.get(reader) === root)) return;
    readers.set(value, (readers.get(value) ?? new Set()).add(reader));
    leaving.set(root, (leaving.get(root) ?? new Set()).add(value));
  };
  for (const step of steps) {
    const isFree = step.outcome.kind === "inner" || step.outcome.outputs.every(({ isConstant }) => isConstant);
    if (!isFree) for (const value of step.operation.inputs) if (value !== null) read(value, step);
  }
  for (const value of outputs) read(value, null);

  const sourceOf = (given: Value): Source | null => {
    const through: string[] = [];
    let refusal: string | null = null;
    for (let value = given, step = makers.get(value); step !== undefined; step = makers.get(value)) {
      const { kind } = step.outcome;
      const count = readers.get(value)?.size ?? 0;
      if (count > 1) refusal = `${count} operators read it`;
      if ((leaving.get(roots.get(step)!)?.size ?? 0) > 1) refusal ??= "several tensors are made of it";
      if (kind === "layers") return { step, through, refusal };
      const { operator } = step.operation.node;
      through.unshift(operator);
      const next = passed(step, value);
      if (next === null) return null;
      if (kind === "view") refusal ??= `${operator} between them gives it another shape`;
      else if (counting.get(step) !== "fused") refusal ??= `${operator} between them is counted as data movement`;
      value = next;
    }
    return null;
  };

  const places = new Map<Step, number>();
  let place = 0;
  for (const step of steps) {
    places.set(step, place);
    place += step.outcome.layers?.length ?? 0;
  }
  return steps.flatMap((step): Link[] => {
    const input = step.operation.inputs[0];
    if (step.outcome.layers?.length !== 1 || !input) return [];
    const source = sourceOf(input);
    if (source === null || source.step.outcome.layers?.length !== 1) return [];
    const ranks = handedOver(source.step, step);
    const refusal = source.refusal ?? (ranks.length === 0 ? "its ranks are not known on both sides" : null);
    const { through } = source;
    return [
      {
        ...{ from: places.get(source.step)!, to: places.get(step)!, tensor: "Inputs", ranks },
        ...(through.length > 0 && { through }),
        ...(refusal !== null && { refusal }),
      },
    ];
  });
}

/** The input whose elements pass through: the one that is made last, if several have the output's shape. */
function mainInput(step: Step, output: Value, madeAt: (input: Value) => number): Value | null {
  const inputs = step.operation.inputs.filter((input) => input !== null && !input.isConstant) as Value[];
  const alike = inputs.filter(({ shape }) => String(shape) === String(output.shape));
  const candidates = alike.length > 0 ? alike : inputs.slice(0, 1);
  return candidates.sort((a, b) => madeAt(b) - madeAt(a))[0] ?? null;
}

/** Ranks of what one convolution hands another, or one matrix product another as its left operand. */
function handedOver(from: Step, to: Step): Link["ranks"] {
  const [producer, consumer] = [from, to].map(({ outcome }) => outcome.layers![0]!.problem) as [Problem, Problem];
  const kinds = [from, to].map(({ operation }) => kindOf(operation.node.operator));
  if (kinds[0] === null || kinds[0] !== kinds[1]) return [];
  if (kinds[0] === "convolution") return featureRanks(producer, consumer);
  const isTurned = ["transA", "transBatchA"].some((name) => to.operation.int(name, 0) !== 0);
  const isWhole = isKnown(from.outcome.outputs[0]!.shape) && consumer.dims.C === producer.dims.K;
  if (isTurned || !isWhole) return [];
  const pairs = [
    ["G", "G"],
    ["P", "P"],
    ["K", "C"],
  ] as const;
  // With other rows or another stack the two are not cut alike.
  if ((producer.dims.G ?? 1) !== (consumer.dims.G ?? 1) || producer.dims.P !== consumer.dims.P) return [];
  return pairs.filter(([a, b]) => producer.dims[a] !== undefined && consumer.dims[b] !== undefined);
}

function kindOf(operator: string): "convolution" | "product" | null {
  if (operator === "Conv") return "convolution";
  return operator === "MatMul" || operator === "Gemm" ? "product" : null;
}
