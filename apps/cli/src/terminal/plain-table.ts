import Table from "cli-table3";
import { shortened } from "./shortened.js";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** The column that gives way where the table is wider than the terminal. */
  readonly wraps?: boolean;
}

/** Narrowest that a wrapping column gets. */
const LEAST_WIDTH = 24;
/** Shortest that names are cut. */
const LEAST_NAME = 12;
const GAP = 2;

/**
 * A table without rulings, columns two spaces apart. Where it is wider than the terminal, the wrapping column gives way, then the
 * names in the first one are cut in their middle.
 *
 * @param width Columns of the terminal; no limit unless given.
 */
export function plainTable(columns: readonly Column[], given: readonly (readonly string[])[], width?: number): string {
  let rows = given;
  const natural = columns.map(({ title }, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const wrapping = columns.findIndex(({ wraps }) => wraps);
  const total = natural.reduce((sum, own) => sum + own + GAP, 0);
  if (width !== undefined && wrapping >= 0 && total > width) {
    natural[wrapping] = Math.max(LEAST_WIDTH, natural[wrapping]! - (total - width));
  }
  const over = natural.reduce((sum, own) => sum + own + GAP, -GAP) - (width ?? Number.POSITIVE_INFINITY);
  if (over > 0 && wrapping !== 0 && natural[0]! > LEAST_NAME) {
    const most = Math.max(LEAST_NAME, natural[0]! - over);
    natural[0] = most;
    rows = given.map(([name, ...rest]) => [shortened(name!, most), ...rest]);
  }
  const none = "";
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = "left" }) => align),
    colWidths: natural.map((own) => own + GAP),
    wordWrap: true,
    // Colours are the caller's business.
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    chars: {
      ...{ top: none, "top-mid": none, "top-left": none, "top-right": none },
      ...{ bottom: none, "bottom-mid": none, "bottom-left": none, "bottom-right": none },
      ...{ left: none, "left-mid": none, mid: none, "mid-mid": none, right: none, "right-mid": none, middle: none },
    },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
