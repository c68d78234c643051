import { LoopnestError } from "../errors/loopnest-error.js";
import type { Problem } from "./problem.js";

/** A number for both spatial directions, or one for height (P, R) and one for width (Q, S). */
export type Pair = number | readonly [height: number, width: number];

/** Bounds of a convolution, in iterations. */
export interface ConvShape {
  readonly name?: string;
  /** Filter height and width. */
  readonly R: number;
  readonly S: number;
  /** Output height and width; the input then spans `(P - 1) * stride + (R - 1) * dilation + 1` rows. */
  readonly P: number;
  readonly Q: number;
  /** Input and output channels of one group. */
  readonly C: number;
  readonly K: number;
  /** Batch; 1 unless given. */
  readonly N?: number;
  /** Groups, each with its own C inputs and K outputs; 1 unless given, and then there is no dimension G. */
  readonly G?: number;
  /** 1 unless given. */
  readonly stride?: Pair;
  /** 1 unless given. */
  readonly dilation?: Pair;
}

/**
 * A convolution as a loop nest over R, S, P, Q, C, K, N (and G if it has groups).
 *
 * Weights[C, K, R, S], Inputs[N, C, stride*P + dilation*R, stride*Q + dilation*S], Outputs[N, K, Q, P]; with groups
 * each of them has a rank G.
 *
 * @throws LoopnestError `input` if a bound, stride or dilation is not a positive integer.
 */
export function conv(shape: ConvShape): Problem {
  const [strideP, strideQ] = pair("stride", shape.stride);
  const [dilationR, dilationS] = pair("dilation", shape.dilation);
  const { R, S, P, Q, C, K, N = 1, G } = shape;
  const dims: Record<string, number> = { ...(G === undefined ? {} : { G }), R, S, P, Q, C, K, N };
  for (const [dim, bound] of Object.entries(dims)) positiveInteger("conv", dim, bound);
  const group = G === undefined ? [] : [[["G", 1]] as const];
  return {
    name: shape.name ?? "conv",
    dims,
    tensors: [
      { name: "Weights", role: "input", ranks: [...group, [["C", 1]], [["K", 1]], [["R", 1]], [["S", 1]]] },
      {
        name: "Inputs",
        role: "input",
        ranks: [
          [["N", 1]],
          ...group,
          [["C", 1]],
          [
            ["R", dilationR],
            ["P", strideP],
          ],
          [
            ["S", dilationS],
            ["Q", strideQ],
          ],
        ],
      },
      { name: "Outputs", role: "output", ranks: [[["N", 1]], ...group, [["K", 1]], [["Q", 1]], [["P", 1]]] },
    ],
  };
}

/** A depthwise convolution: one filter per channel, as G groups of one input and one output channel. */
export function depthwiseConv(shape: Omit<ConvShape, "C" | "K" | "G"> & { readonly channels: number }): Problem {
  const { channels, ...rest } = shape;
  return conv({ ...rest, name: shape.name ?? "depthwise-conv", C: 1, K: 1, G: channels });
}

function pair(field: string, value: Pair = 1): readonly [number, number] {
  const [height, width] = typeof value === "number" ? [value, value] : value;
  positiveInteger("conv", field, height);
  positiveInteger("conv", field, width);
  return [height, width];
}

/** @throws LoopnestError `input` unless `value` is a positive integer. */
export function positiveInteger(builder: string, field: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new LoopnestError({
    code: "input",
    path: `${builder}.${field}`,
    problem: `${field} is ${value}`,
    fix: "give a positive integer",
    expected: "a positive integer",
    got: value,
  });
}
