import { terminalText } from "../text/media.js";
import { shortened } from "../text/shortened.js";
import { type Cell, type Column, cellText } from "./table.js";

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
export function plainTable(columns: readonly Column[], given: readonly (readonly Cell[])[], width?: number): string {
  const texts = given.map((row) => row.map((cell) => terminalText(cellText(cell))));
  let rows = texts;
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
    rows = texts.map(([name, ...rest]) => [shortened(name!, most), ...rest]);
  }
  const lines = [columns.map(({ title }) => title), ...rows].flatMap((row) => rowLines(row, columns, natural));
  return lines.join("\n");
}

/** A row as one line, or as several where a cell does not go into its column. */
function rowLines(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string[] {
  const cells = row.map((cell, c) => (columns[c]!.wraps ? wrapped(cell, widths[c]!) : [cell]));
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

/** A text as lines of so many characters, parted between words; a longer word has a line of its own. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
