import type { LoopNest, Machine, Target } from "@loopnest/mapspace";
import { C, type DimensionRoles, K, ROLES } from "./roles.js";

/**
 * Variables that a schedule depends on, as indices: the tile of every role (all loops inside the outermost level's
 * temporal ones), from `OUTER` how many tiles there are, then columns and rows of the array, and from `SPATIAL` what is
 * unrolled of every role.
 */
export const OUTER = ROLES.length;
export const COLUMNS = 2 * ROLES.length;
export const ROWS = COLUMNS + 1;
export const SPATIAL = ROWS + 1;
export const VARIABLES = SPATIAL + ROLES.length;

/** Values of the variables for one nest on one machine. */
export type Variables = Float64Array;

/** Levels below which a role is unrolled: the array's edges are the product of their fan-outs. */
export interface ArrayEdges {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/**
 * The edges of a target's array: levels that unroll output channels give columns, those that unroll input channels
 * rows.
 */
export function arrayEdges(target: Target, roles: DimensionRoles): ArrayEdges {
  const unrolls = (role: number) =>
    target.levels.flatMap(({ space }, l) =>
      [...space.spatialX, ...space.spatialY].some((dim) => roles.roleOfName(dim) === role) ? [l] : [],
    );
  return { columns: unrolls(K), rows: unrolls(C) };
}

/** Writes the variables of a nest on a machine. */
export function readVariables(
  nest: LoopNest,
  machine: Machine,
  roles: DimensionRoles,
  edges: ArrayEdges,
  out: Variables,
): void {
  out.fill(1);
  const outermost = nest.startTemporal[0]!;
  for (let i = 0; i < nest.factor.length; i++) {
    const role = roles.roleOf[nest.dim[i]!]!;
    out[i >= outermost ? OUTER + role : role]! *= nest.factor[i]!;
  }
  spatialLoops(nest, (i) => {
    out[SPATIAL + roles.roleOf[nest.dim[i]!]!]! *= nest.factor[i]!;
  });
  const { instances } = machine;
  for (const l of edges.columns) out[COLUMNS]! *= instances[l + 1]! / instances[l]!;
  for (const l of edges.rows) out[ROWS]! *= instances[l + 1]! / instances[l]!;
}

/**
 * Adds derivatives with respect to the logs of variables to those with respect to log factors and the machine's
 * instances.
 */
export function variablesGradient(
  nest: LoopNest,
  machine: Machine,
  roles: DimensionRoles,
  edges: ArrayEdges,
  toVariables: Float64Array,
  toFactors: Float64Array,
  toMachine: Machine,
): void {
  const outermost = nest.startTemporal[0]!;
  for (let i = 0; i < nest.factor.length; i++) {
    const role = roles.roleOf[nest.dim[i]!]!;
    toFactors[i]! += toVariables[i >= outermost ? OUTER + role : role]!;
  }
  spatialLoops(nest, (i) => {
    toFactors[i]! += toVariables[SPATIAL + roles.roleOf[nest.dim[i]!]!]!;
  });
  const spread = (levels: readonly number[], gradient: number) => {
    for (const l of levels) {
      toMachine.instances[l + 1]! += gradient / machine.instances[l + 1]!;
      toMachine.instances[l]! -= gradient / machine.instances[l]!;
    }
  };
  spread(edges.columns, toVariables[COLUMNS]!);
  spread(edges.rows, toVariables[ROWS]!);
}

function spatialLoops({ levelCount, start, startTemporal }: LoopNest, visit: (loop: number) => void): void {
  for (let l = 0; l < levelCount; l++) for (let i = start[l]!; i < startTemporal[l]!; i++) visit(i);
}
