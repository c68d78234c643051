import { csv } from "@loopnest/report";
import type { NetworkRow } from "./network-rows.js";

const COLUMNS = [
  "name",
  "kind",
  "shape",
  "count",
  "macs",
  "parameters",
  "wordsIn",
  "wordsOut",
  "intensity",
  "share",
  "warning",
] as const satisfies readonly (keyof NetworkRow)[];

/** Operators as a CSV file: numbers in full, where the table rounds them. */
export function networkCsv(rows: readonly NetworkRow[]): string {
  return csv(
    COLUMNS,
    rows.map((row) => COLUMNS.map((name) => row[name])),
  );
}
