import { percent, quantity, whole } from "../numbers/number-format.js";
import { plainTable } from "../tables/plain-table.js";
import type { Column, Table } from "../tables/table.js";
import { numbers } from "../tables/table.js";
import type { RunResult } from "./run-result.js";

const COLUMNS: readonly Column[] = [
  ...[{ title: "network" }, numbers("runs"), numbers("share of EDP")],
  ...[numbers("EDP, uJ x cycles"), numbers("energy, uJ")],
  ...[numbers("latency, cycles"), numbers("MACs used")],
];

/**
 * Each of several networks: its part of the whole, and the totals of one run of it by itself; `null` for one network.
 */
export function networkRows({ networks, totals }: RunResult): Table | null {
  if (networks === undefined) return null;
  const rows = networks.map(({ name, weight, totals: own }) => {
    const part = (weight * (own.energyUj / totals.energyUj + own.latencyCycles / totals.latencyCycles)) / 2;
    const figures = [own.edp, own.energyUj, own.latencyCycles].map(quantity);
    return [name, whole(weight), percent(part), ...figures, percent(own.utilization)];
  });
  return { columns: COLUMNS, rows };
}

/** The same for a terminal: lines, after an empty one; none for one network. */
export function networkLines(result: RunResult): string[] {
  const table = networkRows(result);
  return table === null ? [] : ["", ...plainTable(table.columns, table.rows).split("\n")];
}
