import type { ChartDocument } from "../charts/chart.js";
import { quantity } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { proofSpace } from "../run/proof-space.js";
import { htmlTable } from "../tables/html-table.js";
import { type Cell, cellText } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import type { FrontResult } from "./front.js";
import { frontChart } from "./front-chart.js";
import { byArea, frontRows, frontTitle, isProven } from "./front-table.js";

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
<p class="quiet">The line says the best known value that an area buys: it falls where a design makes it fall. Both axes
grow in equal ratios.</p>
<h3>Searches</h3>
<p class="quiet">The first has no limit of area beside those asked for; the next ones look for the end of
the front, the others go where neighbouring designs lie farthest apart. The knee lies farthest below the line between
the ends of the front. Where a design under a tighter limit is better, it takes the place of the other one.</p>
${searchTable(front)}${isProven(front) ? `\n<p class="quiet">Proven of ${escapeHtml(proofSpace(front))}.</p>` : ""}
<h3>How to reproduce it</h3>
<p>loopnest ${escapeHtml(front.versions.loopnest)}. Every search has a run folder of its own below
${SEARCHES_FOLDER}/, which loopnest show, report, explain, export and evaluate --run take.</p>`,
  );
}

/** A row per search; its name leads to the page of its run. */
function searchTable(front: FrontResult): string {
  const { columns, rows } = frontRows(front);
  const searches = byArea(front.searches);
  const linked = rows.map(([name, ...rest], r): Cell[] => {
    const { design, name: search } = searches[r]!;
    const to = `${SEARCHES_FOLDER}/${search}/report.html`;
    return [design === null ? name! : { text: cellText(name!), to }, ...rest];
  });
  return htmlTable(columns, linked);
}
