import { terminalText } from "../text/media.js";
import { shortened } from "../text/shortened.js";
import { wrapped } from "../text/wrapped.js";
import { type Cell, type Column, cellText } from "./table.js";

/** Narrowest that a wrapping column gets. */
const LEAST_WIDTH = 24;
/** Shortest that names are cut. */
const LEAST_NAME = 12;
const GAP = 2;

/**
 * A table without rulings, columns two spaces apart. Where it is wider than the terminal, the wrapping column gives
 * way; then titles and texts are parted between words; names in the first column are cut in their middle only when
 * nothing else is left.
 *
 * @param width Columns of the terminal; no limit unless given.
 */
export function plainTable(
  columns: readonly Column[],
  given: readonly (readonly Cell[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const rows = given.map((row) => row.map((cell) => terminalText(cellText(cell))));
  const widths = columns.map(({ title }, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const over = () => widths.reduce((sum, own) => sum + own + GAP, -GAP) - width;
  const shrink = (c: number, least: number) => {
    if (over() > 0 && widths[c]! > least) widths[c] = Math.max(least, widths[c]! - over());
  };
  const wrapping = columns.findIndex(({ wraps }) => wraps);
  if (wrapping >= 0) shrink(wrapping, LEAST_WIDTH);
  const others = columns.map((_, c) => c).filter((c) => c > 0 && c !== wrapping);
  others.sort((a, b) => widths[b]! - widths[a]!);
  for (const c of others) shrink(c, leastWidth(columns[c]!, rows, c));
  if (wrapping !== 0) shrink(0, LEAST_NAME);
  const shown = rows.map(([name, ...rest]) => [wrapping === 0 ? name! : shortened(name!, widths[0]!), ...rest]);
  const lines = [columns.map(({ title }) => title), ...shown].flatMap((row) => rowLines(row, columns, widths));
  return lines.join("\n");
}

/** How narrow a column gets: as its longest word; numbers are not parted from their units. */
function leastWidth({ title, align }: Column, rows: readonly (readonly string[])[], c: number): number {
  const words = title.split(" ").concat(rows.flatMap((row) => (align === "right" ? row[c]! : row[c]!.split(" "))));
  return Math.max(...words.map((word) => word.length));
}

/** A row as one line, or as several where a cell does not go into its column. */
function rowLines(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string[] {
  const cells = row.map((cell, c) => (cell.length > widths[c]! ? wrapped(cell, widths[c]!) : [cell]));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, l) =>
    cells
      .map((lines, c) => {
        const text = lines[l] ?? "";
        return columns[c]!.align === "right" ? text.padStart(widths[c]!) : text.padEnd(widths[c]!);
      })
      .join(" ".repeat(GAP))
      .trimEnd(),
  );
}
