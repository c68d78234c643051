import { type Chart, type ChartDocument, NARROW, WIDE } from "../charts/chart.js";
import { escapeHtml } from "../text/escape-html.js";

/** A chart with its legend, drawn for desks and for phones: the page's style shows one of the two. */
export function figure(chart: Chart, id: string, document: ChartDocument): string {
  return `<figure id="${id}">${legend(chart)}
<div class="wide">${chart.draw(WIDE, document)}</div>
<div class="narrow">${chart.draw(NARROW, document)}</div></figure>`;
}

/** A small chart that is the same on desks and phones. */
export function smallFigure(chart: Chart, id: string, document: ChartDocument): string {
  return `<figure id="${id}">${legend(chart)}${chart.draw(NARROW, document)}</figure>`;
}

function legend({ legend }: Chart): string {
  if (legend.length === 0) return "";
  const items = legend.map(
    ({ name, color, strength = 1, dashed }) =>
      `<li><span style="background: ${dashed ? dashes(color) : color}; opacity: ${strength}"></span>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** Links to the parts of a page. */
export function contents(links: readonly (readonly [id: string, title: string])[]): string {
  const items = links.map(([id, title]) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<nav><ul>${items.join("")}</ul></nav>`;
}

/** A cell of a table: a text, perhaps with a link to a part of the page. */
export type Cell = string | { readonly text: string; readonly to: string };

function dashes(color: string): string {
  return `linear-gradient(90deg, ${color} 40%, transparent 40% 60%, ${color} 60%)`;
}

/** A table in a box that scrolls sideways where it is too narrow. */
export function table(
  columns: readonly { readonly title: string; readonly number?: boolean }[],
  rows: readonly (readonly Cell[])[],
): string {
  const kind = (c: number) => (columns[c]!.number ? ' class="number"' : "");
  const head = columns.map(({ title }, c) => `<th${kind(c)}>${escapeHtml(title)}</th>`).join("");
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, c) => `<td${kind(c)}>${cellText(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function cellText(cell: Cell): string {
  return typeof cell === "string" ? escapeHtml(cell) : `<a href="#${cell.to}">${escapeHtml(cell.text)}</a>`;
}
