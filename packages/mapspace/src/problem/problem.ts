/** One term of an affine rank expression: `coefficient * dim`. */
export type Term = readonly [dim: string, coefficient: number];

/** A rank of a tensor: the sum of its terms, for example `2*P + R` as `[["P", 2], ["R", 1]]`. */
export type Rank = readonly Term[];

/** `output` tensors are read and written (partial sums), `input` tensors are only read. */
export type TensorRole = "input" | "output";

/** A tensor: every rank is an affine expression of the problem's dimensions. */
export interface Tensor {
  readonly name: string;
  readonly role: TensorRole;
  readonly ranks: readonly Rank[];
  /**
   * Bits of an element, of an output's once it is finished; one word of every level, whatever its width, unless given.
   */
  readonly bits?: number;
  /** Bits of an output's partial sums: at least `bits`. One word of every level unless given. */
  readonly partialSumBits?: number;
}

/**
 * One operator as a loop nest: every point of the box `0 <= dim < bound` is one multiply-accumulate.
 *
 * The order of `tensors` is the order in which bandwidth demands are summed (floating point).
 */
export interface Problem {
  readonly name: string;
  /** Bound of every dimension, in iterations. */
  readonly dims: Readonly<Record<string, number>>;
  readonly tensors: readonly Tensor[];
  /** Larger bounds at which a dimension may be run as well, ascending (see `padProblem`); none unless given. */
  readonly paddings?: Readonly<Record<string, readonly number[]>>;
}

/** Multiply-accumulates of a problem: the product of its bounds. */
export function macs(problem: Problem): number {
  return Object.values(problem.dims).reduce((product, bound) => product * bound, 1);
}

/** Words of a whole tensor: the box its ranks span over the problem's bounds. */
export function tensorWords(problem: Problem, tensor: Tensor): number {
  let words = 1;
  for (const rank of tensor.ranks) {
    let extent = 1;
    for (const [dim, coefficient] of rank) extent += coefficient * ((problem.dims[dim] ?? 1) - 1);
    words *= extent;
  }
  return words;
}
