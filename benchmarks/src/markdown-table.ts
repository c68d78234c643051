/**
 * A table in Markdown that also reads well as text: columns as wide as their widest cell; numbers (all but the first)
 * to the right.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const widths = head.map((title, c) => Math.max(title.length, 3, ...rows.map((row) => row[c]!.length)));
  const padded = (cell: string, c: number) => (left.includes(c) ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!));
  const line = (cells: readonly string[]) => `| ${cells.map(padded).join(" | ")} |`;
  const rule = widths.map((width, c) => (left.includes(c) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `|${rule.map((dashes) => ` ${dashes} `).join("|")}|`, ...rows.map(line)].join("\n");
}
