import { conv } from "./conv.js";
import type { Problem } from "./problem.js";

/** Bounds of a matrix product, in iterations. */
export interface MatmulShape {
  readonly name?: string;
  /** Rows of the left operand and of the result. */
  readonly m: number;
  /** Columns of the right operand and of the result. */
  readonly n: number;
  /** Length of the sum. */
  readonly k: number;
  /** Independent products, each with both operands of its own (attention heads, say); 1 unless given. */
  readonly batch?: number;
}

/**
 * A matrix product `Outputs[m, n] = sum over k of Inputs[m, k] * Weights[k, n]`, as the convolution that every target
 * can map: rows m are P, the sum k is C, columns n are K, and the batch is G (both operands carry it).
 *
 * @throws LoopnestError `input` if a bound is not a positive integer.
 */
export function matmul(shape: MatmulShape): Problem {
  return conv({
    name: shape.name ?? "matmul",
    R: 1,
    S: 1,
    P: shape.m,
    Q: 1,
    C: shape.k,
    K: shape.n,
    ...(shape.batch === undefined ? {} : { G: shape.batch }),
  });
}
