import { type Chart, type ChartDocument, NARROW, WIDE } from "../charts/chart.js";
import { escapeHtml } from "../text/media.js";

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
      `<li><span style="background: ${dashed ? dashes(color) : color}; opacity: ` +
      `${strength}"></span>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** Links to the parts of a page. */
export function contents(links: readonly (readonly [id: string, title: string])[]): string {
  const items = links.map(([id, title]) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<nav><ul>${items.join("")}</ul></nav>`;
}

function dashes(color: string): string {
  return `linear-gradient(90deg, ${color} 40%, transparent 40% 60%, ${color} 60%)`;
}
