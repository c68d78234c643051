import { conv, depthwiseConv, type Problem, type Rank } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { outputSizes, slidingWindow } from "./window.js";

/** A convolution over one, two or three spatial axes, its sizes as ONNX orders them. */
export interface Convolution {
  readonly name: string;
  readonly batch: number;
  readonly groups: number;
  /** Channels of one group. */
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly kernel: readonly number[];
  readonly output: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * A convolution as a loop nest. Over one axis it has a height only (P, R); over three, the first is T (filter) and D
 * (output) beside the dimensions of `conv`.
 */
export function convolutionProblem(shape: Convolution): Problem {
  const { name, batch, groups, inputChannels: C, outputChannels: K, kernel, output, strides, dilations } = shape;
  const three = kernel.length === 3;
  const [r, s] = three ? [1, 2] : [0, 1];
  const at = (list: readonly number[], axis: number) => list[axis] ?? 1;
  const window = {
    name,
    R: at(kernel, r),
    S: at(kernel, s),
    P: at(output, r),
    Q: at(output, s),
    N: batch,
    stride: [at(strides, r), at(strides, s)] as const,
    dilation: [at(dilations, r), at(dilations, s)] as const,
  };
  const isDepthwise = groups > 1 && C === 1 && K === 1;
  const plane = isDepthwise
    ? depthwiseConv({ ...window, channels: groups })
    : conv({ ...window, C, K, ...(groups > 1 && { G: groups }) });
  if (!three) return plane;
  const depth: Readonly<Record<string, Rank>> = {
    Weights: [["T", 1]],
    Inputs: [
      ["T", at(dilations, 0)],
      ["D", at(strides, 0)],
    ],
    Outputs: [["D", 1]],
  };
  return {
    ...plane,
    dims: { ...plane.dims, T: at(kernel, 0), D: at(output, 0) },
    tensors: plane.tensors.map((tensor) => ({ ...tensor, ranks: [...tensor.ranks, depth[tensor.name]!] })),
  };
}

/** How the operands of a convolution stand in its inputs. */
export interface ConvolutionForm {
  /** Which input the filters are; 1 unless given. */
  readonly weightsAt?: number;
  /** Whether its words are whole numbers. */
  readonly isInteger?: boolean;
  /** Whether channels are the last axis of input and output, in front of them otherwise. */
  readonly isChannelsLast?: boolean;
}

/**
 * A convolution of input 0: as ONNX has it, [batch, channels, ...], with filters [outputs, channels of a group, ...].
 */
export function convolution(form: ConvolutionForm = {}): Rule {
  return (operation) => convolved(operation, operation.knownShape(form.weightsAt ?? 1), form);
}

/** @param filters [outputs, channels of a group, ...kernel]. */
export function convolved(operation: Operation, filters: readonly number[], form: ConvolutionForm = {}): Outcome {
  const { isInteger = false, isChannelsLast = false } = form;
  const shape = operation.knownShape(0);
  const [batch, channels, ...sizes] = (
    isChannelsLast ? [...shape.slice(0, 1), ...shape.slice(-1), ...shape.slice(1, -1)] : shape
  ) as [number, number, ...number[]];
  const [filterCount, inputChannels, ...kernel] = filters as readonly [number, number, ...number[]];
  const groups = operation.int("group", 1);
  checkRank(operation, kernel, sizes);
  if (inputChannels * groups !== channels) {
    operation.fail(
      `filters for ${inputChannels * groups} channels, the input has ${channels}`,
      "check the sizes given for the inputs",
    );
  }
  const window = slidingWindow(operation, kernel);
  const output = outputSizes(window, sizes) as number[];
  if (output.some((size) => size < 1)) {
    operation.fail(`an input of ${sizes.join(" x ")} is smaller than the filters`, "give larger sizes for the inputs");
  }
  const problem = () =>
    convolutionProblem({
      ...{ name: operation.name, batch, groups, inputChannels, outputChannels: filterCount / groups },
      ...{ kernel, output, strides: window.strides, dilations: window.dilations },
    });
  const result = isChannelsLast ? [batch, ...output, filterCount] : [batch, filterCount, ...output];
  return {
    kind: "layers",
    outputs: [operation.output(result, { isInteger })],
    layers: batch === 0 ? [] : [{ problem: problem(), count: 1 }],
  };
}

function checkRank(operation: Operation, kernel: readonly number[], sizes: readonly number[]): void {
  if (kernel.length === sizes.length && kernel.length >= 1 && kernel.length <= 3) return;
  operation.fail(
    `filters over ${kernel.length} axes for an input with ${sizes.length}`,
    "loopnest takes one, two or three of both",
  );
}
