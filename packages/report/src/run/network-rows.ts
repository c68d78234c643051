import { percent, quantity, whole } from "../numbers/number-format.js";
import { type Column, plainTable } from "../tables/plain-table.js";
import type { RunResult } from "./run-result.js";

/** A table of the networks of a run, as data: for terminals and for pages. */
export interface NetworkRows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const right = { align: "right" } as const;
const COLUMNS: readonly Column[] = [
  ...[{ title: "network" }, { title: "runs", ...right }, { title: "share of EDP", ...right }],
  ...[
    { title: "EDP, uJ x cycles", ...right },
    { title: "energy, uJ", ...right },
  ],
  ...[
    { title: "latency, cycles", ...right },
    { title: "MACs used", ...right },
  ],
];

/** Each of several networks: its part of the whole, and the totals of one run of it by itself; `null` for one network. */
export function networkRows({ networks, totals }: RunResult): NetworkRows | null {
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
