import { addCost, BOUND, DONE, ENERGY, FIRST_PORT, firstRow, wholeCycles } from "./label-row.js";
import type { Weights } from "./placement.js";
import type { PlacementPlan } from "./plan.js";

/** A value that no placement is below. */
export function leastValue(plan: PlacementPlan, weights: Weights): number {
  const row = firstRow(plan);
  makeOutlook(plan, weights)(row, 0, 0, 0);
  return row[BOUND]!;
}

/**
 * Writes the bound of a row: every node that is not settled costs at least what it would by itself. Ports that no such
 * node uses any more are done.
 */
export function makeOutlook({ nodes, ports }: PlacementPlan, weights: Weights) {
  const rest = new Float64Array(FIRST_PORT + ports.count);
  let known = "";
  let users = 0;
  return (row: Float64Array, point: number, placed: number, open: number): void => {
    const key = `${point} ${placed} ${open}`;
    if (key !== known) {
      known = key;
      rest.fill(0);
      users = 0;
      nodes.forEach((node, n) => {
        const isOpen = (open >> n) & 1;
        if (!isOpen && (placed >> n) & 1) return;
        addCost(rest, node, isOpen ? node.leastHere : node.leastFrom, point);
        for (const port of node.ports) if (port >= 0) users |= 1 << port;
      });
    }
    for (let k = 0; k < ports.count; k++) {
      if ((users >> k) & 1) continue;
      if (row[FIRST_PORT + k]! > row[DONE]!) row[DONE] = row[FIRST_PORT + k]!;
      row[FIRST_PORT + k] = 0;
    }
    let cycles = row[DONE]!;
    for (let k = FIRST_PORT; k < rest.length; k++) cycles = Math.max(cycles, row[k]! + rest[k]!);
    row[BOUND] = weights.energy * (row[ENERGY]! + rest[ENERGY]!) + weights.latency * wholeCycles(cycles);
  };
}
