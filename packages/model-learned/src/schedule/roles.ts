import { LoopnestError, type Problem, type ProblemShape, problemShape } from "@loopnest/mapspace";

/**
 * What a dimension is to a matrix unit. K, G: output channels and groups; C: reduced over rows of the array; R, S:
 * kernel positions; P, Q: output positions in a row and rows of an image; N: anything else that outputs and inputs
 * share (batch).
 */
export const ROLES = ["P", "Q", "K", "C", "R", "S", "N", "G"] as const;
export const [P, Q, K, C, R, S, N, G] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** A problem seen by roles; several dimensions of one role count as one, their product. */
export interface DimensionRoles {
  /** Role of every dimension of the given (squeezed) shape. */
  readonly roleOf: Int32Array;
  /** Role of a dimension by name, -1 if the problem has no such dimension. */
  roleOfName(name: string): number;
  readonly bounds: Float64Array;
  /** Step of the input per output position, of P and Q. */
  readonly stride: readonly [number, number];
  /** Step of the input per kernel position, of R and S. */
  readonly dilation: readonly [number, number];
  /** A matrix product: no kernel and one row of positions. */
  readonly isMatrixProduct: boolean;
}

/**
 * Roles of a problem's dimensions: by the field's names where they are used, otherwise by the tensors that depend on
 * them.
 *
 * @param shape The shape whose dimensions are to be looked up: of the problem, or of it without its unit dimensions.
 * @throws LoopnestError `unsupported` if the problem has no tensors Weights, Inputs and Outputs.
 */
export function dimensionRoles(problem: Problem, shape: ProblemShape): DimensionRoles {
  const whole = problemShape(problem);
  const tensor = (name: string) => {
    const t = problem.tensors.findIndex((one) => one.name === name);
    if (t >= 0) return t;
    throw new LoopnestError({
      code: "unsupported",
      path: "problem.tensors",
      problem: `${problem.name} has no tensor ${name}`,
      fix: "a learned model needs the tensors Weights, Inputs and Outputs",
      tensor: name,
    });
  };
  const [weights, inputs, outputs] = [tensor("Weights"), tensor("Inputs"), tensor("Outputs")];
  const uses = (t: number, d: number) => ((whole.relevant[t]! >> d) & 1) === 1;
  const roleOfName = (name: string): number => {
    const named = (ROLES as readonly string[]).indexOf(name);
    if (named >= 0) return named;
    const d = whole.dims.indexOf(name);
    if (d < 0) return -1;
    if (!uses(outputs, d)) return C;
    if (!uses(inputs, d)) return K;
    return uses(weights, d) ? G : N;
  };
  const bounds = new Float64Array(ROLES.length).fill(1);
  for (const name of whole.dims) bounds[roleOfName(name)]! *= problem.dims[name]!;
  const step = (name: string) => {
    const d = whole.dims.indexOf(name);
    return (d < 0 ? 0 : whole.coefficientOf[inputs * whole.dimCount + d]!) || 1;
  };
  return {
    roleOf: Int32Array.from(shape.dims, roleOfName),
    roleOfName,
    bounds,
    stride: [step("P"), step("Q")],
    dilation: [step("R"), step("S")],
    isMatrixProduct: bounds[Q] === 1 && bounds[R] === 1 && bounds[S] === 1,
  };
}
