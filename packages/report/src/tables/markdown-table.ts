import { escapeMarkdown } from "../text/media.js";
import { type Cell, type Column, cellText } from "./table.js";

/** A table as GitHub and most other programs read it in Markdown. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  const ruling = `|${columns.map(({ align }) => (align === "right" ? "---:" : "---")).join("|")}|`;
  return [line(columns.map(({ title }) => title)), ruling, ...rows.map((row) => line(row.map(cellText)))].join("\n");
}
