import type { Problem } from "./problem.js";

/**
 * The problem without its dimensions of bound 1: they change no tile and no loop, and cost time in every evaluation.
 */
export function squeeze(problem: Problem): Problem {
  const dims = Object.fromEntries(Object.entries(problem.dims).filter(([, bound]) => bound !== 1));
  const tensors = problem.tensors.map((tensor) => ({
    ...tensor,
    ranks: tensor.ranks
      .map((rank) => rank.filter(([dim]) => !(Object.hasOwn(problem.dims, dim) && problem.dims[dim] === 1)))
      .filter((rank) => rank.length > 0),
  }));
  return { ...problem, dims, tensors };
}
