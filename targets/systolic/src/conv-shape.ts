import { LoopnestError, type Problem, type Rank, type Term } from "@loopnest/mapspace";

/** The dimensions that the machine can iterate, and how its tensors depend on them. */
export const dimNames = ["G", "N", "P", "Q", "C", "K", "R", "S"] as const;
export type Dim = (typeof dimNames)[number];

/** A convolution (or matrix product: R = S = Q = 1) with its strides and dilations. */
export interface LoweredShape {
  readonly bounds: Readonly<Record<Dim, number>>;
  readonly strideP: number;
  readonly strideQ: number;
  readonly dilationR: number;
  readonly dilationS: number;
}

/**
 * Tensors that the machine has, by name: the dimensions of each, and for inputs those that share a rank (sliding
 * windows).
 */
const tensors: Readonly<Record<string, readonly (readonly Dim[])[]>> = {
  Weights: [["G"], ["C"], ["K"], ["R"], ["S"]],
  Inputs: [["N"], ["G"], ["C"], ["R", "P"], ["S", "Q"]],
  Outputs: [["N"], ["G"], ["K"], ["P"], ["Q"]],
};

/**
 * Reads a problem as a convolution. Dimensions may be missing (bound 1), ranks may stand in any order.
 *
 * @throws LoopnestError `unsupported` if the problem is not a convolution over G, N, P, Q, C, K, R, S.
 */
export function convShape(problem: Problem): LoweredShape {
  for (const dim of Object.keys(problem.dims)) {
    if ((dimNames as readonly string[]).includes(dim)) continue;
    throw unsupported(
      `problem.dims.${dim}`,
      `the machine has no dimension ${dim}`,
      `rename it to one of ${dimNames.join(", ")}`,
    );
  }
  const bounds = Object.fromEntries(dimNames.map((dim) => [dim, problem.dims[dim] ?? 1])) as Record<Dim, number>;
  const names = problem.tensors.map(({ name }) => name);
  if (names.length !== 3 || Object.keys(tensors).some((name) => !names.includes(name))) {
    throw unsupported(
      "problem.tensors",
      `the problem's tensors are ${names.join(", ")}`,
      "name them Weights, Inputs, Outputs",
    );
  }
  const coefficients: Partial<Record<Dim, number>> = {};
  problem.tensors.forEach((tensor, t) => {
    const path = `problem.tensors[${t}].ranks`;
    const windows = tensors[tensor.name]!;
    const seen = new Set<Dim>();
    for (const rank of tensor.ranks) {
      const window = windows.find((dims) => rank.every(([dim]) => (dims as readonly string[]).includes(dim)));
      if (window === undefined) {
        throw unsupported(path, `${tensor.name} has a rank ${rankText(rank)}`, rankFix(tensor.name));
      }
      for (const [dim, coefficient] of rank as readonly (Term & [Dim, number])[]) {
        seen.add(dim);
        if (window.length > 1) coefficients[dim] = coefficient;
        else if (coefficient !== 1) {
          throw unsupported(path, `${tensor.name} has a rank ${rankText(rank)}`, rankFix(tensor.name));
        }
      }
    }
    for (const dim of windows.flat()) {
      if (seen.has(dim) || bounds[dim] === 1) continue;
      throw unsupported(path, `${tensor.name} does not depend on ${dim}`, rankFix(tensor.name));
    }
    checkWindows(tensor.ranks, windows, bounds, path, tensor.name);
  });
  const { P: strideP = 1, Q: strideQ = 1, R: dilationR = 1, S: dilationS = 1 } = coefficients;
  return { bounds, strideP, strideQ, dilationR, dilationS };
}

/** Two dimensions of a window must share their rank, if both are iterated. */
function checkWindows(
  ranks: readonly Rank[],
  windows: readonly (readonly Dim[])[],
  bounds: Readonly<Record<Dim, number>>,
  path: string,
  name: string,
): void {
  for (const window of windows) {
    const iterated = window.filter((dim) => bounds[dim] > 1);
    if (iterated.length < 2) continue;
    if (ranks.some((rank) => iterated.every((dim) => rank.some(([other]) => other === dim)))) continue;
    throw unsupported(path, `${iterated.join(" and ")} have ranks of their own in ${name}`, rankFix(name));
  }
}

function rankText(rank: Rank): string {
  return `[${rank.map(([dim, coefficient]) => (coefficient === 1 ? dim : `${coefficient}*${dim}`)).join(" + ")}]`;
}

function rankFix(name: string): string {
  return `${name} must have the ranks ${tensors[name]!.map((dims) => dims.join("+")).join(", ")}`;
}

function unsupported(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "unsupported", path, problem, fix });
}
