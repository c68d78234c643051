import type { ChartDocument } from "../charts/chart.js";
import { quantity, whole } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { htmlTable } from "../tables/html-table.js";
import { type Cell, numbers } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import { parallelChart, sweepFrontChart } from "./sweep-charts.js";
import type { SweepDesign, SweepSummary } from "./sweep-design.js";

/**
 * A sweep as one HTML page that needs nothing else: the best by network, fronts over two figures each, and all figures
 * side by side.
 */
export function sweepPage(sweep: SweepSummary, document: ChartDocument): string {
  const { name, description, version, points, done, failed, infeasible, designs, best, fronts } = sweep;
  const counts = [`${whole(done)} of ${whole(points)} searches are done`];
  if (infeasible > 0) counts.push(`in ${whole(infeasible)} nothing was found that fits`);
  if (failed > 0) counts.push(`${whole(failed)} failed`);
  const said = description === undefined ? "" : `<p>${escapeHtml(description)}</p>\n`;
  const drawn =
    designs.length === 0 ? [] : [...fronts.map((front) => sweepFrontChart(sweep, front)), parallelChart(sweep)];
  const charts = drawn.map((chart) => `<h3>${escapeHtml(chart.title)}</h3>\n${figure(chart, chart.name, document)}`);
  return htmlPage(
    name,
    `${said}<p>${counts.join(", ")}. Every row is in results.csv, results.jsonl and results.parquet.</p>
<h3>The best by network</h3>
${bestTable(best)}
${charts.join("\n")}
<p class="quiet">Lines are fronts: no other design of the network is better in both figures. Axes grow in
equal ratios.</p>
<p>loopnest ${escapeHtml(version)}.</p>`,
  );
}

function bestTable(best: readonly SweepDesign[]): string {
  const columns = [
    ...["network", "target", "objective", "method"].map((title) => ({ title })),
    ...["value", "energy uJ", "latency cycles", "area mm2"].map(numbers),
    ...[{ title: "hardware" }, numbers("search")],
  ];
  const rows = best.map((design): Cell[] => {
    const { workload, target, objective, method, value, energyUj, latencyCycles, areaMm2, hardware, number, to } =
      design;
    const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
    return [
      ...[workload, target, objective, method],
      ...[value, energyUj, latencyCycles, areaMm2].map(quantity),
      ...[sizes.join(", "), to === undefined ? String(number) : { text: String(number), to }],
    ];
  });
  return htmlTable(columns, rows);
}
