import { LoopnestError, type Problem, type Tensor } from "@loopnest/mapspace";
import { writeYaml } from "./write-yaml.js";

/**
 * Writes a problem for Timeloop: the shape in full (no file beside it is needed) and its instance.
 *
 * A coefficient above 1 is named after its dimension and tensor: `P_Inputs`.
 *
 * @throws LoopnestError `unsupported` for a dimension of more than one letter, or one that occurs twice in a tensor.
 */
export function writeProblem(problem: Problem): string {
  const dims = Object.keys(problem.dims);
  dims.forEach((dim) => {
    if (/^[A-Za-z]$/.test(dim)) return;
    throw new LoopnestError({
      code: "unsupported",
      path: `problem.dims.${dim}`,
      problem: `dimension ${dim}`,
      fix: "Timeloop's loop orders take one letter a dimension: rename it to a letter",
      dim,
    });
  });
  const coefficients: { name: string; default: number }[] = [];
  const dataSpaces = problem.tensors.map((tensor, t) => {
    checkOnce(tensor, t);
    const projection = tensor.ranks.map((rank) =>
      rank.map(([dim, coefficient]) => {
        if (coefficient === 1) return [dim];
        const name = `${dim}_${tensor.name}`;
        coefficients.push({ name, default: coefficient });
        return [dim, name];
      }),
    );
    return { name: tensor.name, projection, ...(tensor.role === "output" ? { "read-write": true } : {}) };
  });
  return writeYaml({
    problem: {
      shape: {
        name: problem.name,
        dimensions: dims,
        ...(coefficients.length > 0 ? { coefficients } : {}),
        "data-spaces": dataSpaces,
      },
      instance: {
        ...problem.dims,
        ...Object.fromEntries(coefficients.map(({ name, default: value }) => [name, value])),
      },
    },
  });
}

function checkOnce(tensor: Tensor, t: number): void {
  const dims = tensor.ranks.flat().map(([dim]) => dim);
  const twice = dims.find((dim, i) => dims.indexOf(dim) !== i);
  if (twice === undefined) return;
  throw new LoopnestError({
    code: "unsupported",
    path: `problem.tensors[${t}].ranks`,
    problem: `${twice} occurs twice in ${tensor.name}`,
    fix: "use each dimension once in a tensor",
    tensor: tensor.name,
    dim: twice,
  });
}
