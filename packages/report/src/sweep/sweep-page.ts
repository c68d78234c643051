import type { ChartDocument } from "../charts/chart.js";
import { quantity, whole } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { htmlTable } from "../tables/html-table.js";
import { type Cell, numbers } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import { networkChart, parallelChart, sweepFrontChart } from "./sweep-charts.js";
import { pairChoice, sweepFilters } from "./sweep-controls.js";
import { SWEEP_PAIRS, type SweepSummary } from "./sweep-design.js";
import { choiceClass, sweepNames } from "./sweep-look.js";

/** Networks that have a small chart of their own. */
const MOST_SMALL = 24;
/** Width of a small chart in pixels. */
const SMALL = 260;

/**
 * A sweep as one HTML page that needs nothing else, no script either: the best by network, fronts over any two figures,
 * a small chart a network, and all figures side by side; networks and targets can be left out.
 */
export function sweepPage(sweep: SweepSummary, document: ChartDocument): string {
  const { name, description, version, points, done, failed, infeasible, groups } = sweep;
  const counts = [`${whole(done)} of ${whole(points)} searches are done`];
  if (infeasible > 0) counts.push(`in ${whole(infeasible)} nothing was found that fits`);
  if (failed > 0) counts.push(`${whole(failed)} failed`);
  const said = description === undefined ? "" : `<p>${escapeHtml(description)}</p>\n`;
  return htmlPage(
    name,
    `${said}<p>${counts.join(", ")}. Every row is in results.csv, results.jsonl and results.parquet.</p>
${groups.length === 0 ? "" : sweepFilters(sweep)}
<h3>The best by network</h3>
<p class="quiet">Of every network and objective a design on each target, the best of them first.</p>
${bestTable(sweep)}
${groups.length === 0 ? "" : pictures(sweep, document)}
<p>loopnest ${escapeHtml(version)}.</p>`,
  );
}

function pictures(sweep: SweepSummary, document: ChartDocument): string {
  const { networks } = sweepNames(sweep);
  const small = networks.length > 1 && networks.length <= MOST_SMALL ? networks : [];
  const pairs = SWEEP_PAIRS.map((_, pair) => {
    const chart = sweepFrontChart(sweep, pair);
    const multiples = small.map((network, i) => {
      const { name, title, draw } = networkChart(sweep, network, pair);
      return `<figure id="${name}" class="network-${i}"><h4>${escapeHtml(title)}</h4>${draw(SMALL, document)}</figure>`;
    });
    return `<section class="pair pair-${pair}">
<h3>${escapeHtml(chart.title)}</h3>
${figure(chart, chart.name, document)}
${multiples.length === 0 ? "" : `<div class="multiples">\n${multiples.join("\n")}\n</div>`}
</section>`;
  });
  const parallel = parallelChart(sweep);
  return `${pairChoice()}
${pairs.join("\n")}
<p class="quiet">Lines are fronts: no other design of the network on the target is better in both figures. Axes grow in
equal ratios. Of many designs evenly chosen ones are drawn; fronts are of all.</p>
<h3>${escapeHtml(parallel.title)}</h3>
${figure(parallel, parallel.name, document)}`;
}

function bestTable(sweep: SweepSummary): string {
  const columns = [
    ...["network", "target", "objective", "method"].map((title) => ({ title })),
    ...[numbers("value"), { title: "unit" }],
    ...["energy uJ", "latency cycles", "area mm2"].map(numbers),
    ...[{ title: "hardware" }, numbers("search")],
  ];
  const rows = sweep.best.map((design): Cell[] => {
    const { workload, target, objective, method, value, unit, energyUj, latencyCycles, areaMm2 } = design;
    const { hardware, number, to } = design;
    const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
    return [
      ...[workload, target, objective, method],
      ...[quantity(value), unit],
      ...[energyUj, latencyCycles, areaMm2].map(quantity),
      ...[sizes.join(", "), to === undefined ? String(number) : { text: String(number), to }],
    ];
  });
  return htmlTable(columns, rows, (row) => choiceClass(sweep, sweep.best[row]!));
}
