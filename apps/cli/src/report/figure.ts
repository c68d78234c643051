import { type Chart, NARROW, WIDE } from "./chart.js";
import { escapeHtml } from "./escape-html.js";

/** A chart with its legend, drawn for desks and for phones: the page's style shows one of the two. */
export function figure(chart: Chart, id: string): string {
  return `<figure id="${id}">${legend(chart)}
<div class="wide">${chart.draw(WIDE)}</div>
<div class="narrow">${chart.draw(NARROW)}</div></figure>`;
}

/** A small chart that is the same on desks and phones. */
export function smallFigure(chart: Chart, id: string): string {
  return `<figure id="${id}">${legend(chart)}${chart.draw(NARROW)}</figure>`;
}

function legend({ legend }: Chart): string {
  if (legend.length === 0) return "";
  const items = legend.map(
    ({ name, color, strength = 1 }) =>
      `<li><span style="background: ${color}; opacity: ${strength}"></span>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** A table in a box that scrolls sideways where it is too narrow. */
export function table(
  columns: readonly { readonly title: string; readonly number?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const kind = (c: number) => (columns[c]!.number ? ' class="number"' : "");
  const head = columns.map(({ title }, c) => `<th${kind(c)}>${escapeHtml(title)}</th>`).join("");
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, c) => `<td${kind(c)}>${escapeHtml(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
