import { climb, climbSlope } from "./reuse.js";
import { C, type DimensionRoles, G, K, N, P, Q, R, S } from "./roles.js";
import { OUTER, VARIABLES, type Variables } from "./tiles.js";

/** The log of a quantity, with its derivatives by the logs of variables. */
export interface LogTerm {
  log: number;
  readonly slope: Float64Array;
}

/** A term without a slope. */
export function logTerm(): LogTerm {
  return { log: 0, slope: new Float64Array(VARIABLES) };
}

/**
 * Height (axis 0) or width (axis 1) of the box of inputs under a tile: `(outputs - 1) * stride + (kernel - 1) *
 * dilation + 1`.
 */
export function logBox(roles: DimensionRoles, axis: 0 | 1, variables: Variables, out: LogTerm): void {
  const [o, k] = axis === 0 ? [P, R] : [Q, S];
  const [stride, dilation] = [roles.stride[axis], roles.dilation[axis]];
  const length = (variables[o]! - 1) * stride + (variables[k]! - 1) * dilation + 1;
  out.log = Math.log(length);
  out.slope.fill(0);
  out.slope[o] = (variables[o]! * stride) / length;
  out.slope[k] = (variables[k]! * dilation) / length;
}

/**
 * Words of a tile that lie side by side, with channels innermost in memory: inputs [N][height][width][G][C], weights
 * [G][R][S][C][K], outputs [N][P][Q][G][K]. The run goes on from one rank to the next if the tile has all of the first:
 *
 *     log run = sum over ranks of log(tile of the rank)
 *               * product over dimensions of the ranks inside of (1 - climb(tiles))
 *
 * with the fade that `logReuse` has, so that it is exact at whole factors and continuously differentiable.
 *
 * @param tensor 0 inputs, 1 weights, 2 outputs.
 * @param box Memory for the box of inputs on the way.
 */
export function logRun(tensor: number, roles: DimensionRoles, variables: Variables, box: LogTerm, out: LogTerm): void {
  out.log = 0;
  out.slope.fill(0);
  /** 1 while everything inside is whole, falling to 0. */
  let reach = 1;
  const slope = out.slope;
  /** Derivatives of log reach. */
  const fades: [variable: number, slope: number][] = [];
  const extend = (log: number, own: (weight: number) => void) => {
    out.log += reach * log;
    own(reach);
    for (const [variable, fade] of fades) slope[variable]! += reach * fade * log;
  };
  const byTile = (role: number) =>
    extend(Math.log(variables[role]!), (weight) => {
      slope[role]! += weight;
    });
  const byBox = (axis: 0 | 1) => {
    logBox(roles, axis, variables, box);
    extend(box.log, (weight) => {
      for (let v = 0; v < VARIABLES; v++) slope[v]! += weight * box.slope[v]!;
    });
  };
  const whole = (...dims: readonly number[]) => {
    for (const role of dims) {
      const tiles = variables[OUTER + role]!;
      const left = 1 - climb(tiles);
      reach *= left;
      if (left > 0) fades.push([OUTER + role, -climbSlope(tiles) / left]);
    }
  };
  const steps: readonly (() => void)[] = [
    () => {
      byTile(C);
      whole(C);
      byTile(G);
      whole(G);
      byBox(1);
      whole(Q, S);
      byBox(0);
      whole(P, R);
      byTile(N);
    },
    () => {
      for (const role of [K, C, S, R, G]) {
        byTile(role);
        whole(role);
      }
    },
    () => {
      for (const role of [K, G, Q, P, N]) {
        byTile(role);
        whole(role);
      }
    },
  ];
  steps[tensor]!();
}
