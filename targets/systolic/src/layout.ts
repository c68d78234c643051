import type { Dim, LoweredShape } from "./conv-shape.js";

/** The tensors in the order of the hardware's address streams. */
export const INPUTS = 0;
export const WEIGHTS = 1;
export const SUMS = 2;

/**
 * How far one step of a dimension moves in a densely packed box of each tensor, in elements; 0 where it does not
 * matter.
 */
export type Strides = Readonly<Record<Dim, readonly [inputs: number, weights: number, sums: number]>>;

/** A box of every tensor, packed densely: inputs[n][h][w][g][c], weights[g][r][s][c][k], sums[n][p][q][g][k]. */
export interface Packing {
  readonly strides: Strides;
  /** The input box: its rows and columns, and how far apart two of each are, in elements. */
  readonly inputBox: {
    readonly height: number;
    readonly width: number;
    readonly rowStride: number;
    readonly columnStride: number;
  };
  /** Elements of each tensor's box. */
  readonly words: readonly [inputs: number, weights: number, sums: number];
}

/** Packs the boxes that `extent` iterations of each dimension touch: a tile, or the whole problem. */
export function packing(shape: LoweredShape, extent: Readonly<Record<Dim, number>>): Packing {
  const { G, N, P, Q, C, K, R, S } = extent;
  const height = (P - 1) * shape.strideP + (R - 1) * shape.dilationR + 1;
  const width = (Q - 1) * shape.strideQ + (S - 1) * shape.dilationS + 1;
  const pixel = G * C;
  const row = width * pixel;
  return {
    strides: {
      G: [C, R * S * C * K, K],
      N: [height * row, 0, P * Q * G * K],
      P: [shape.strideP * row, 0, Q * G * K],
      Q: [shape.strideQ * pixel, 0, G * K],
      C: [1, K, 0],
      K: [0, 1, 1],
      R: [shape.dilationR * row, S * C * K, 0],
      S: [shape.dilationS * pixel, C * K, 0],
    },
    inputBox: { height, width, rowStride: row, columnStride: pixel },
    words: [N * height * row, G * R * S * C * K, N * P * Q * G * K],
  };
}
