import { COST_WIDTH, type PlacedNode } from "./nodes.js";
import type { PlacementPlan } from "./plan.js";

/**
 * Entries of a label: a bound on the value, energy so far, words at the level being placed, cycles of ports that are
 * done, words above the split; ports.
 */
export const BOUND = 0;
export const ENERGY = 1;
export const WORDS = 2;
export const DONE = 3;
export const ABOVE = 4;
export const FIRST_PORT = 5;

/** What every nest costs whatever its placements. */
export function firstRow({ ports, baseEnergyPj, basePortCycles, computeCycles }: PlacementPlan): Float64Array {
  const row = new Float64Array(FIRST_PORT + ports.count);
  row[ENERGY] = baseEnergyPj;
  row[DONE] = computeCycles;
  row.set(basePortCycles, FIRST_PORT);
  return row;
}

/** Adds what a node costs at a point, from one of its tables. */
export function addCost(row: Float64Array, { ports }: PlacedNode, table: Float64Array, point: number): void {
  const at = point * COST_WIDTH;
  row[ENERGY]! += table[at]!;
  for (let k = 0; k < 3; k++) if (ports[k]! >= 0) row[FIRST_PORT + ports[k]!]! += table[at + 1 + k]!;
}

/** Whole cycles that a row takes. */
export function cyclesOf(row: Float64Array): number {
  let cycles = row[DONE]!;
  for (let k = FIRST_PORT; k < row.length; k++) if (row[k]! > cycles) cycles = row[k]!;
  return wholeCycles(cycles);
}

/** Cycles are whole; sums of shares may be rounded up by a hair. */
export function wholeCycles(cycles: number): number {
  return Math.ceil(cycles * (1 - 1e-12));
}
