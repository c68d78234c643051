import { LoopnestError } from "../errors/loopnest-error.js";
import type { Problem } from "./problem.js";

/** The most dimensions a problem can have (relevance is a bit mask). */
const MAX_DIMENSIONS = 31;

/** A problem compiled to index tables, so that the model's inner loops touch typed arrays only. */
export interface ProblemShape {
  readonly problem: Problem;
  /** Dimension names; every other table counts dimensions in this order. */
  readonly dims: readonly string[];
  readonly bounds: Float64Array;
  readonly dimCount: number;
  readonly tensorCount: number;
  /** 1 for an output tensor. */
  readonly isOutput: Uint8Array;
  /** Ranks of tensor t: `rankStart[t]` to `rankStart[t + 1]`; terms of rank r: `termStart[r]` to `termStart[r + 1]`. */
  readonly rankStart: Int32Array;
  readonly termStart: Int32Array;
  readonly termDim: Int32Array;
  readonly termCoefficient: Float64Array;
  /**
   * The dimension of a rank that is that dimension alone, uncut: its extent is the dimension's; -1 for any other rank.
   */
  readonly plainDim: Int32Array;
  /** Rank (global index) of dimension d in tensor t at `t * dimCount + d`, or -1 if t does not depend on d. */
  readonly rankOf: Int32Array;
  /** Coefficient of dimension d in tensor t, 0 if there is none. */
  readonly coefficientOf: Float64Array;
  /** Bit d is set if tensor t depends on dimension d. */
  readonly relevant: Int32Array;
  /** Bit d is set if dimension d shares a rank of tensor t with another dimension (a sliding window). */
  readonly windowed: Int32Array;
}

/**
 * Compiles a problem.
 *
 * @throws LoopnestError `input` for a rank that names an unknown dimension; `unsupported` for a dimension that occurs
 * in two ranks of one tensor, a coefficient that is not a positive integer, or more than 31 dimensions.
 */
export function problemShape(problem: Problem): ProblemShape {
  const dims = Object.keys(problem.dims);
  const dimCount = dims.length;
  const tensorCount = problem.tensors.length;
  if (dimCount > MAX_DIMENSIONS) {
    throw new LoopnestError({
      code: "unsupported",
      path: "problem.dims",
      problem: `${dimCount} dimensions`,
      fix: `use at most ${MAX_DIMENSIONS}`,
    });
  }
  for (const dim of dims) checkBound(dim, problem.dims[dim]!);
  const rankStart = new Int32Array(tensorCount + 1);
  const termStart: number[] = [0];
  const termDim: number[] = [];
  const termCoefficient: number[] = [];
  const plainDim: number[] = [];
  const rankOf = new Int32Array(tensorCount * dimCount).fill(-1);
  const coefficientOf = new Float64Array(tensorCount * dimCount);
  const relevant = new Int32Array(tensorCount);
  const windowed = new Int32Array(tensorCount);
  problem.tensors.forEach((tensor, t) => {
    tensor.ranks.forEach((rank, r) => {
      const terms = rank.map(([dim, coefficient], k) => {
        const path = `problem.tensors[${t}].ranks[${r}][${k}]`;
        const d = dims.indexOf(dim);
        checkTerm(path, tensor.name, dim, coefficient, dims, d >= 0 && rankOf[t * dimCount + d]! >= 0);
        rankOf[t * dimCount + d] = termStart.length - 1;
        coefficientOf[t * dimCount + d] = coefficient;
        return { d, coefficient };
      });
      for (const { d, coefficient } of terms) {
        termDim.push(d);
        termCoefficient.push(coefficient);
        relevant[t]! |= 1 << d;
        if (terms.length > 1) windowed[t]! |= 1 << d;
      }
      termStart.push(termDim.length);
      plainDim.push(terms.length === 1 && terms[0]!.coefficient === 1 ? terms[0]!.d : -1);
    });
    rankStart[t + 1] = termStart.length - 1;
  });
  return {
    problem,
    dims,
    bounds: Float64Array.from(dims, (dim) => problem.dims[dim]!),
    dimCount,
    tensorCount,
    isOutput: Uint8Array.from(problem.tensors, (tensor) => (tensor.role === "output" ? 1 : 0)),
    rankStart,
    termStart: Int32Array.from(termStart),
    termDim: Int32Array.from(termDim),
    termCoefficient: Float64Array.from(termCoefficient),
    plainDim: Int32Array.from(plainDim),
    rankOf,
    coefficientOf,
    relevant,
    windowed,
  };
}

function checkBound(dim: string, bound: number): void {
  if (Number.isSafeInteger(bound) && bound > 0) return;
  throw new LoopnestError({
    code: "input",
    path: `problem.dims.${dim}`,
    problem: `the bound of ${dim} is ${bound}`,
    fix: "give a positive integer",
    got: bound,
  });
}

function checkTerm(
  path: string,
  tensor: string,
  dim: string,
  coefficient: number,
  dims: readonly string[],
  repeated: boolean,
): void {
  if (!dims.includes(dim)) {
    throw new LoopnestError({
      code: "input",
      path,
      problem: `${tensor} names an unknown dimension ${dim}`,
      fix: `use one of ${dims.join(", ")}`,
      got: dim,
    });
  }
  if (!Number.isInteger(coefficient) || coefficient < 1) {
    throw new LoopnestError({
      code: "unsupported",
      path,
      problem: `the coefficient of ${dim} in ${tensor} is ${coefficient}`,
      fix: "use a positive integer",
      got: coefficient,
    });
  }
  if (repeated) {
    throw new LoopnestError({
      code: "unsupported",
      path,
      problem: `${dim} occurs twice in ${tensor}`,
      fix: "use each dimension once in a tensor",
      got: dim,
    });
  }
}
