import { escapeHtml } from "../text/media.js";
import type { Cell, Column } from "./table.js";

/**
 * A table as HTML, in a box that scrolls sideways where it is too narrow. @param rowClass Classes of a row, by which a
 * page hides it.
 */
export function htmlTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  rowClass?: (row: number) => string,
): string {
  const kind = (c: number) => (columns[c]!.align === "right" ? ' class="number"' : "");
  const head = columns.map(({ title }, c) => `<th${kind(c)}>${escapeHtml(title)}</th>`).join("");
  const body = rows.map((cells, row) => {
    const own = rowClass === undefined ? "" : ` class="${rowClass(row)}"`;
    return `<tr${own}>${cells.map((cell, c) => `<td${kind(c)}>${htmlCell(cell)}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function htmlCell(cell: Cell): string {
  return typeof cell === "string" ? escapeHtml(cell) : `<a href="${escapeHtml(cell.to)}">${escapeHtml(cell.text)}</a>`;
}
