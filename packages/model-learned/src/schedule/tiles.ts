import type { LoopNest, Machine, Target } from "@loopnest/mapspace";
import type { DriverName } from "./driver.js";
import { C, type DimensionRoles, K, ROLES } from "./roles.js";

/**
 * Variables that a schedule depends on, as indices: the tile of every role (all loops inside the outermost level's temporal
 * ones), from `OUTER` how many tiles there are, then columns and rows of the array.
 */
export const OUTER = ROLES.length;
export const COLUMNS = 2 * ROLES.length;
export const ROWS = COLUMNS + 1;
export const VARIABLES = ROWS + 1;

/** Values of the variables for one nest on one machine. */
export type Variables = Float64Array;

/** Levels below which a role is unrolled. */
export interface ArrayEdges {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** Whether the edges are the columns and rows that a mapping uses, or the machine's: the product of the levels' fan-outs. */
  readonly asMapped: boolean;
}

/**
 * The edges of a target's array: levels that unroll output channels give columns, those that unroll input channels rows. The
 * plain driver fills the array as the mapping says, the gemmini driver as far as a tile goes.
 */
export function arrayEdges(target: Target, roles: DimensionRoles, driver: DriverName): ArrayEdges {
  const unrolls = (role: number) =>
    target.levels.flatMap(({ space }, l) =>
      [...space.spatialX, ...space.spatialY].some((dim) => roles.roleOfName(dim) === role) ? [l] : [],
    );
  return { columns: unrolls(K), rows: unrolls(C), asMapped: driver === "plain" };
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
  if (edges.asMapped) {
    forUnrolled(nest, roles, (i, edge) => {
      out[edge]! *= nest.factor[i]!;
    });
    return;
  }
  const { instances } = machine;
  for (const l of edges.columns) out[COLUMNS]! *= instances[l + 1]! / instances[l]!;
  for (const l of edges.rows) out[ROWS]! *= instances[l + 1]! / instances[l]!;
}

/** Adds derivatives with respect to the logs of variables to those with respect to log factors and the machine's instances. */
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
  if (edges.asMapped) {
    forUnrolled(nest, roles, (i, edge) => {
      toFactors[i]! += toVariables[edge]!;
    });
    return;
  }
  const spread = (levels: readonly number[], gradient: number) => {
    for (const l of levels) {
      toMachine.instances[l + 1]! += gradient / machine.instances[l + 1]!;
      toMachine.instances[l]! -= gradient / machine.instances[l]!;
    }
  };
  spread(edges.columns, toVariables[COLUMNS]!);
  spread(edges.rows, toVariables[ROWS]!);
}

/** Calls back for every spatial loop that fills columns (output channels) or rows (input channels). */
function forUnrolled(nest: LoopNest, roles: DimensionRoles, visit: (loop: number, edge: number) => void): void {
  for (let l = 0; l < nest.levelCount; l++) {
    for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) {
      const role = roles.roleOf[nest.dim[i]!]!;
      if (role === K) visit(i, COLUMNS);
      else if (role === C) visit(i, ROWS);
    }
  }
}
