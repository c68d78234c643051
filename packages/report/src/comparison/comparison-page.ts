import type { Chart, ChartDocument } from "../charts/chart.js";
import { duration, quantity, whole } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import type { Comparison, NetworkComparison } from "./comparison.js";
import { quotient, referenceText, rowName } from "./comparison-table.js";
import { MOST_DRAWN } from "./convergence-bands-chart.js";

/** Words under the heading of a chart: how to read it. */
const NOTE =
  "Both axes are logarithmic. A line is the median of the seeds, its band goes from the best to the worst seed; " +
  "dots mark where searches end. " +
  `The dotted line is the optimum: no method can be below it. Values above ${MOST_DRAWN} times the optimum are ` +
  "not drawn.";

/** A comparison as one HTML page that needs nothing else: no script, no network, light or dark, desk or phone. */
export function comparisonPage(compared: Comparison, charts: readonly Chart[], document: ChartDocument): string {
  const { networks, target, samples, seeds, objective, energyTable, overall } = compared;
  const title = `Searches compared: ${networks.map(({ workload }) => workload).join(", ")} on ${target}`;
  const overallTable = htmlTable(
    [{ title: "method" }, numbers("/ optimum or best known"), numbers("/ descent")],
    overall.map((row) => [rowName(row), quotient(row.toReference), quotient(row.toDescent)]),
  );
  return htmlPage(
    title,
    `<p>${escapeHtml(`${objective.name}, ${energyTable} energies, ${whole(samples)} samples, seeds 1 to ${seeds}`)}</p>
<p class="quiet">One sample is one evaluation of the whole network. Every design was evaluated anew by the exact
model before it counted.</p>
${charts
  .map(
    (chart) => `<h3>${escapeHtml(chart.title)}</h3>
${chart.legend.length > 0 ? `<p class="quiet">${NOTE}</p>\n` : ""}${figure(chart, chart.name, document)}`,
  )
  .join("\n")}
${networks.map((network) => networkSection(compared, network)).join("\n")}
${networks.length > 1 ? `<h2>All networks</h2>\n<p class="quiet">Geometric means.</p>\n${overallTable}` : ""}`,
  );
}

function networkSection({ unit }: Comparison, { workload, reference, methods, machines }: NetworkComparison): string {
  const rows = [...methods, ...machines].map((row) => {
    const { value, toReference, toDescent, samples, seconds, runs, failed } = row;
    return [
      rowName(row),
      ...(value === null ? ["-", "-", "-"] : [value.median, value.least, value.most].map(quantity)),
      ...[quotient(toReference), quotient(toDescent), whole(samples), duration(seconds)],
      failed > 0 ? `${runs}, ${failed} without a design` : String(runs),
    ];
  });
  return `<h2>${escapeHtml(workload)}</h2>
<p>${escapeHtml(reference === null ? "nothing that fits was found" : referenceText(reference, unit))}</p>
${htmlTable(
  [
    ...[{ title: "method" }, numbers("median"), numbers("best"), numbers("worst")],
    numbers(reference?.kind === "certified" ? "/ optimum" : "/ best known"),
    ...[numbers("/ descent"), numbers("samples"), numbers("seconds")],
    numbers("runs"),
  ],
  rows,
)}`;
}
