import type { Inferred } from "../inference/infer-shapes.js";
import type { Step } from "../inference/step.js";
import { isKnown, plus, type Size, storagesOf, type Value, words, wordsOf } from "../values/value.js";
import { WorkOrder } from "./work-order.js";

/** How a step was counted. */
export type Counting =
  /** Multiply-accumulates: one or several layers. */
  | "layers"
  /** Words read and written. */
  | "data movement"
  /** Done on the way, as the words of the step before it come out: no traffic but smaller operands. */
  | "fused"
  /** The same words under another shape. */
  | "no work"
  /** Follows from constants and sizes: worked out before the network runs. */
  | "constant"
  /** Its inner operators are counted. */
  | "by its parts"
  /** Its sizes are not known: nothing is counted. */
  | "not counted";

/** A step with what it moves, once. Of layers, this comes on top of their own traffic. */
export interface CountedStep {
  readonly step: Step;
  readonly counting: Counting;
  readonly wordsRead: number;
  readonly wordsWritten: number;
}

/**
 * Steps that follow each other without their words leaving the machine: a first one, and element-wise ones behind it.
 */
interface Region {
  readonly first: Step;
  readonly storages: Set<Value>;
  /** Storages that something else reads. */
  readonly leaving: Set<Value>;
}

/**
 * Decides how each step is counted, and what it moves.
 *
 * An element-wise step is fused to what it follows if all of its inputs come from there, apart from smaller ones that
 * are there before: biases, scales, activations, also in several steps (`x * sigmoid(x)`). Constants among them are
 * counted as free; others are read. Every word that something else reads is written once.
 *
 * @param fuse Otherwise every element-wise step reads its inputs and writes its outputs.
 */
export function countSteps({ steps, outputs }: Inferred, fuse: boolean): CountedStep[] {
  const regionOf = new Map<Value, Region>();
  const regions = new Map<Step, Region>();
  const fused = new Set<Step>();
  const order = new WorkOrder();
  for (const step of steps) {
    if (!works(step)) continue;
    order.add(step);
    const own = step.outcome.outputs.flatMap(storagesOf);
    const before = fuse ? regionBefore(step, regionOf, order) : null;
    const region = before ?? { first: step, storages: new Set(), leaving: new Set() };
    for (const storage of own) {
      region.storages.add(storage);
      regionOf.set(storage, region);
    }
    if (before === null) regions.set(step, region);
    else fused.add(step);
    for (const storage of readBy(step)) {
      const source = regionOf.get(storage);
      if (source !== undefined && source !== region) source.leaving.add(storage);
    }
  }
  for (const storage of outputs.flatMap(storagesOf)) regionOf.get(storage)?.leaving.add(storage);
  return steps.map((step) => {
    if (fused.has(step)) return { step, counting: "fused", wordsRead: readBeside(step), wordsWritten: 0 };
    return counted(step, regions.get(step));
  });
}

/** Whether a step does something while the network runs. */
function works({ outcome, operation }: Step): boolean {
  if (outcome.kind === "view" || outcome.kind === "inner") return false;
  const isConstant = operation.inputs.every((input) => input === null || input.isConstant);
  return outcome.kind === "layers" || !isConstant;
}

/** Storages that are read while the network runs. */
function readBy({ operation }: Step): Value[] {
  return operation.inputs.flatMap((input) => (input === null || input.isConstant ? [] : storagesOf(input)));
}

/** The region that an element-wise step can go on with; null if there is none. */
function regionBefore(
  { operation, outcome }: Step,
  regionOf: ReadonlyMap<Value, Region>,
  order: WorkOrder,
): Region | null {
  if (outcome.kind !== "element-wise") return null;
  const size = words(outcome.outputs[0]!.shape);
  const inputs = operation.inputs.filter((input) => input !== null);
  const beside = new Set(inputs.filter((input) => isBeside(input, size)));
  let region: Region | null = null;
  for (const input of inputs) {
    if (beside.has(input)) continue;
    const source = regionOf.get(input.storage);
    if (source === undefined || words(input.shape) !== size || (region !== null && source !== region)) return null;
    region = source;
  }
  if (region === null) return null;
  const { first } = region;
  return [...beside].every((input) => input.isConstant || !order.follows(input.storage, first)) ? region : null;
}

/**
 * Whether an input is no part of what passes through, but used on it again and again: smaller, or a constant of one
 * word.
 */
function isBeside({ shape, isConstant }: Value, size: Size): boolean {
  const own = words(shape);
  return own !== null && (size === null ? isConstant : own < size || (isConstant && own === 1));
}

/** Words that a fused step reads beside those that pass through. */
function readBeside({ operation, outcome }: Step): number {
  const size = words(outcome.outputs[0]!.shape);
  const beside = operation.inputs.filter((input) => input !== null && !input.isConstant && isBeside(input, size));
  return [...new Set(beside.map((input) => input!.storage))].reduce((sum, { shape }) => sum + (words(shape) ?? 0), 0);
}

function counted(step: Step, region: Region | undefined): CountedStep {
  const { kind, outputs } = step.outcome;
  const nothing = (counting: Counting) => ({ step, counting, wordsRead: 0, wordsWritten: 0 });
  if (kind === "inner") return nothing("by its parts");
  const isConstant = outputs.every((output) => output.isConstant);
  if (region === undefined) return nothing(kind === "view" && !isConstant ? "no work" : "constant");
  const written = [...region.leaving].reduce<Size>((sum, { shape }) => plus(sum, words(shape)), 0);
  if (kind === "layers") {
    // A layer writes its outputs itself, in whatever form they leave.
    const own = outputs.reduce((sum, output) => sum + (wordsOf(output) ?? 0), 0);
    return { step, counting: "layers", wordsRead: 0, wordsWritten: Math.max(0, (written ?? own) - own) };
  }
  const wordsRead = step.outcome.wordsRead === undefined ? readOf(step) : step.outcome.wordsRead;
  if (wordsRead === null || written === null) return nothing("not counted");
  return { step, counting: "data movement", wordsRead, wordsWritten: written };
}

/** Words of all inputs, one that stands there twice counted once. */
function readOf({ operation }: Step): Size {
  const storages = new Set(operation.inputs.flatMap((input) => (input === null ? [] : storagesOf(input))));
  if (![...storages].every(({ shape }) => isKnown(shape))) return null;
  return [...storages].reduce<Size>((sum, { shape }) => plus(sum, words(shape)), 0);
}
