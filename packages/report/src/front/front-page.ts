import type { ChartDocument } from "../charts/chart.js";
import { quantity } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { escapeHtml } from "../text/escape-html.js";
import type { FrontResult } from "./front.js";
import { frontChart } from "./front-chart.js";
import { frontRows, frontTitle } from "./front-table.js";

/** Folder of the run folders of a front's searches. */
export const SEARCHES_FOLDER = "searches";

/** A front as one HTML page that needs nothing else: chart, and a row per search with a link to its run's page. */
export function frontPage(front: FrontResult, document: ChartDocument): string {
  const { workload, target } = front.inputs;
  const chart = frontChart(front);
  const title = `${chart.title}: ${workload.name} on ${target.name}`;
  const limit = front.objective.maxLatencyCycles;
  const kept = limit === undefined ? "" : `, latency at most ${quantity(limit)} cycles`;
  const fixed = Object.entries(front.fixed).map(([name, size]) => `, ${name} given as ${size}`);
  return htmlPage(
    title,
    `<p>${escapeHtml(`${frontTitle(front)}${kept}${fixed.join("")}`)}</p>
${figure(chart, "pareto", document)}
<p class="quiet">The line says the best known value that an area buys: it falls where a design makes it fall. Both axes grow in equal
ratios.</p>
<h3>Searches</h3>
<p class="quiet">The first has no limit of area beside those asked for; each later one may take less area than the smallest design before
it. Where a design under a tighter limit is better, it takes the place of the other one.</p>
${searchTable(front)}
<h3>How to reproduce it</h3>
<p>loopnest ${escapeHtml(front.versions.loopnest)}. Every search has a run folder of its own below ${SEARCHES_FOLDER}/, which
loopnest show, report, explain, export and evaluate --run take.</p>`,
  );
}

function searchTable(front: FrontResult): string {
  const { columns, rows } = frontRows(front);
  const kind = (c: number) => (columns[c]!.align === "right" ? ' class="number"' : "");
  const head = columns.map(({ title }, c) => `<th${kind(c)}>${escapeHtml(title)}</th>`).join("");
  const body = rows.map((cells, r) => {
    const { name, design } = front.searches[r]!;
    const link = `<a href="${SEARCHES_FOLDER}/${name}/report.html">${name}</a>`;
    const shown = cells.map((cell, c) => (c === 0 && design !== null ? link : escapeHtml(cell)));
    return `<tr>${shown.map((cell, c) => `<td${kind(c)}>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
