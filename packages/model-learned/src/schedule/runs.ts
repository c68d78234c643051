import { climb, climbSlope } from "./reuse.js";
import { C, type DimensionRoles, G, K, P, Q, R, S } from "./roles.js";
import { OUTER, type Variables } from "./tiles.js";

/** Elements along a direction of a tile: positions `of`, or those that kernel positions `under` them read. */
interface Extent {
  readonly of: number;
  readonly under: number | null;
  readonly stride: number;
  readonly dilation: number;
}

/** A step outwards in memory: if one tile holds all of the roles `all`, runs join along `extent`. */
interface Step {
  readonly all: readonly number[];
  readonly extent: Extent;
}

export type RunTensor = "Weights" | "Inputs" | "Outputs";

/**
 * How many rows of a tile lie side by side in memory, so that one transfer moves them: for every tensor, by how much the
 * numbers of its rows shrink.
 *
 * Memory holds inputs as [N][row][column][G][C], weights as [G][R][S][C][K] and outputs as [N][P][Q][G][K], innermost last. Rows join if the
 * tile holds all of the innermost dimension, then all of the next one, and so on. Between one and two tiles of a dimension the smooth
 * extension fades from joined to separate, as `logReuse` does.
 */
export interface Runs {
  /** Log of the rows that one run joins, on average over tiles. */
  log(tensor: RunTensor, variables: Variables): number;
  /** Adds `weight` times its derivative with respect to logs of variables. */
  gradient(tensor: RunTensor, variables: Variables, weight: number, toVariables: Float64Array): void;
}

export function runs({ stride, dilation }: DimensionRoles): Runs {
  const whole = (role: number): Extent => ({ of: role, under: null, stride: 1, dilation: 0 });
  const chains: Record<RunTensor, readonly Step[]> = {
    Inputs: [
      { all: [C], extent: whole(G) },
      { all: [G], extent: { of: Q, under: S, stride: stride[1], dilation: dilation[1] } },
      { all: [Q, S], extent: { of: P, under: R, stride: stride[0], dilation: dilation[0] } },
    ],
    Weights: [
      { all: [K], extent: whole(C) },
      { all: [C], extent: whole(S) },
      { all: [S], extent: whole(R) },
      { all: [R], extent: whole(G) },
    ],
    Outputs: [
      { all: [K], extent: whole(G) },
      { all: [G], extent: whole(Q) },
      { all: [Q], extent: whole(P) },
    ],
  };
  return {
    log(tensor, variables) {
      let joined = 1;
      let log = 0;
      for (const { all, extent } of chains[tensor]) {
        for (const role of all) joined *= 1 - climb(variables[OUTER + role]!);
        if (joined === 0) break;
        log += joined * Math.log(length(extent, variables));
      }
      return log;
    },
    gradient(tensor, variables, weight, toVariables) {
      const steps = chains[tensor];
      /** What all steps from one on contribute, had the fades inside it been 1. */
      let outside = 0;
      for (let k = steps.length - 1; k >= 0; k--) {
        const { all, extent } = steps[k]!;
        let inner = 1;
        for (let j = 0; j < k; j++) for (const role of steps[j]!.all) inner *= 1 - climb(variables[OUTER + role]!);
        const own = all.reduce((product, role) => product * (1 - climb(variables[OUTER + role]!)), 1);
        const total = length(extent, variables);
        const below = Math.log(total) + outside;
        for (const role of all) {
          const count = variables[OUTER + role]!;
          const others = all.reduce(
            (product, o) => (o === role ? product : product * (1 - climb(variables[OUTER + o]!))),
            1,
          );
          toVariables[OUTER + role]! -= weight * inner * others * climbSlope(count) * below;
        }
        toVariables[extent.of]! += (weight * inner * own * variables[extent.of]! * extent.stride) / total;
        if (extent.under !== null) {
          toVariables[extent.under]! += (weight * inner * own * variables[extent.under]! * extent.dilation) / total;
        }
        outside = own * below;
      }
    },
  };
}

/** Elements of a tile along an extent, with the last step of a stride. */
function length({ of, under, stride, dilation }: Extent, variables: Variables): number {
  return variables[of]! * stride + (under === null ? 0 : (variables[under]! - 1) * dilation);
}
