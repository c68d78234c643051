import type { Layer } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Traffic } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { convolutionProblem } from "./convolution.js";

/** More phases, over all axes, are no network's. */
const MOST_PHASES = 10_000;

/** Outputs of one phase along one axis: every `stride`th, which the same taps of the filter reach. */
interface Phase {
  readonly taps: number;
  readonly outputs: number;
  readonly dilation: number;
}

/**
 * The phases of a transposed convolution along one axis. Input i reaches output `i*stride + r*dilation - before`
 * through tap r, so an output o belongs to phase `(o + before) mod stride`, and the taps r with `r*dilation mod stride`
 * equal to that reach it.
 */
export function phases(
  size: number,
  { kernel, stride, dilation, before }: { kernel: number; stride: number; dilation: number; before: number },
): Phase[] {
  const common = gcd(stride, dilation);
  // Taps reach the same phase again after so many.
  const period = stride / common;
  const tapsOf = new Map<number, number>();
  for (let r = 0; r < Math.min(period, kernel); r++) {
    tapsOf.set((r * (dilation % stride)) % stride, Math.ceil((kernel - r) / period));
  }
  return Array.from({ length: stride }, (_, phase) => {
    const taps = tapsOf.get(phase) ?? 0;
    const first = (((phase - before) % stride) + stride) % stride;
    const outputs = first < size ? Math.floor((size - 1 - first) / stride) + 1 : 0;
    return { taps, outputs, dilation: taps > 1 ? dilation / common : 1 };
  }).filter(({ outputs }) => outputs > 0);
}

/**
 * A transposed convolution as one ordinary convolution of stride 1 for each phase of its outputs: exactly the products
 * that are needed, none with the zeros that an input spread by the stride would hold. Each of them reads the whole
 * input.
 */
export const transposed: Rule = (operation) => {
  const [batch, channels, ...sizes] = operation.knownShape(0) as readonly [number, number, ...number[]];
  const [rows, outputChannels, ...kernel] = operation.knownShape(1) as readonly [number, number, ...number[]];
  const groups = operation.int("group", 1);
  if (rows !== channels || kernel.length !== sizes.length || kernel.length > 3) {
    operation.fail(
      `filters [${[rows, outputChannels, ...kernel].join(", ")}] for an input of ${channels} channels and ` +
        `${sizes.length} axes`,
      "check the sizes given for the inputs",
    );
  }
  const { output, before, strides, dilations } = grown(operation, sizes, kernel);
  const axes = output.map((size, axis) =>
    phases(size, {
      ...{ kernel: kernel[axis]!, stride: strides[axis]! },
      ...{ dilation: dilations[axis]!, before: before[axis]! },
    }),
  );
  const layers: Layer[] = [];
  const traffic: Traffic[] = [];
  for (const own of combinations(axes)) {
    const words = own.reduce((product, { outputs }) => product * outputs, batch * groups * outputChannels);
    if (own.some(({ taps }) => taps === 0)) {
      // No tap reaches these outputs: they are zero, and written all the same.
      traffic.push({ kind: "ConvTranspose zeros", wordsRead: 0, wordsWritten: words, count: 1 });
      continue;
    }
    const problem = convolutionProblem({
      ...{ name: operation.name, batch, groups, inputChannels: channels / groups, outputChannels },
      kernel: own.map(({ taps }) => taps),
      output: own.map(({ outputs }) => outputs),
      strides: own.map(() => 1),
      dilations: own.map(({ dilation }) => dilation),
    });
    layers.push({ problem, count: 1 });
  }
  return {
    kind: "layers",
    outputs: [operation.output([batch, groups * outputChannels, ...output])],
    layers,
    traffic,
    reason: "one convolution for each phase of the stride, without the zeros between the inputs",
  };
};

/** Sizes of the output that the model gives, with or without batch and channels in front; none if it does not. */
function wantedSizes(operation: Operation, rank: number): readonly number[] | undefined {
  const wanted = operation.ints("output_shape") ?? [];
  if (wanted.length === 0) return undefined;
  const sizes = wanted.slice(-rank);
  if (sizes.length === rank) return sizes;
  return operation.fail(`an output_shape of ${wanted.length} sizes where ${rank} belong`, "export the model again");
}

/** Sizes of the output, and how much is cut off in front of it. */
function grown(operation: Operation, sizes: readonly number[], kernel: readonly number[]) {
  const rank = kernel.length;
  const strides = operation.perAxis("strides", rank, 1, 1);
  const dilations = operation.perAxis("dilations", rank, 1, 1);
  const extra = operation.perAxis("output_padding", rank, 0);
  const pads = operation.perAxis("pads", 2 * rank, 0);
  const wanted = wantedSizes(operation, rank);
  if (strides.reduce((product, stride) => product * stride, 1) > MOST_PHASES) {
    operation.fail(`strides [${strides.join(", ")}] make more than ${MOST_PHASES} phases`, "export the model again");
  }
  const autoPad = operation.text("auto_pad", "NOTSET");
  const spans = kernel.map((own, axis) => (own - 1) * dilations[axis]! + 1);
  const whole = sizes.map((size, axis) => (size - 1) * strides[axis]! + spans[axis]! + extra[axis]!);
  const target = wanted ?? (autoPad.startsWith("SAME") ? sizes.map((size, axis) => size * strides[axis]!) : undefined);
  if (target === undefined) {
    const output = whole.map((size, axis) => size - pads[axis]! - pads[axis + kernel.length]!);
    return { output, before: pads.slice(0, kernel.length), strides, dilations };
  }
  const before = whole.map((size, axis) => {
    const cut = Math.max(0, size - target[axis]!);
    return autoPad === "SAME_UPPER" ? Math.floor(cut / 2) : cut - Math.floor(cut / 2);
  });
  return { output: target, before, strides, dilations };
}

function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((start) => list.map((own) => [...start, own])), [[]]);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
