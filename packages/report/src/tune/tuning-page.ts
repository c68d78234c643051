import type { ChartDocument } from "../charts/chart.js";
import { SEARCHES_FOLDER } from "../front/front-page.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { htmlTable } from "../tables/html-table.js";
import type { Cell, Table } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import type { Tuning } from "./tuning.js";
import { edpByRoundChart, tunedPredictionsChart } from "./tuning-charts.js";
import { designTable, edpText, kindTable, limitTable, roundTable, tuningTitle } from "./tuning-rows.js";

const HOW = "Every prediction was made before its measurement.";

/**
 * What came of tuning as one HTML page that needs nothing else: no script, no network, light or dark, desk or phone.
 */
export function tuningPage(tuning: Tuning, document: ChartDocument): string {
  const { points, designs, best, failures, versions, measure, workload, target } = tuning;
  const table = ({ columns, rows }: Table) => htmlTable(columns, rows);
  const chosen = designs.find(({ name }) => name === best);
  const charts = points.length === 0 ? [] : [tunedPredictionsChart(tuning), edpByRoundChart(tuning)];
  return htmlPage(
    `Tuned: ${workload} on ${target}`,
    `<p>${escapeHtml(tuningTitle(tuning))}</p>
<p class="quiet">${escapeHtml(`${edpText(tuning)}. ${HOW} Measured by: ${measure}`)}</p>
${charts.map((chart) => `<h3>${escapeHtml(chart.title)}</h3>\n${figure(chart, chart.name, document)}`).join("\n")}
<h3>Rounds</h3>
${table(roundTable(tuning))}
<h3>Errors by kind of layer</h3>
${table(kindTable(tuning))}
<h3>Designs</h3>
${table(linked(designTable(tuning), tuning))}
${chosen === undefined ? "" : `<h3>What limits ${escapeHtml(chosen.name)}</h3>\n${table(limitTable(chosen))}`}
${failures.length === 0 ? "" : `<h3>Not measured</h3>\n${table(failureTable(tuning))}`}
<p>loopnest ${escapeHtml(versions.loopnest)}. Every search has a run folder of its own below ${SEARCHES_FOLDER}/.</p>`,
  );
}

/** Names of designs lead to the pages of their runs. */
function linked({ columns, rows }: Table, { designs }: Tuning): Table {
  return {
    columns,
    rows: rows.map(([name, ...rest], i): Cell[] => {
      const { name: folder, way } = designs[i]!;
      return [
        way === "tiler" ? name! : { text: String(name), to: `${SEARCHES_FOLDER}/${folder}/report.html` },
        ...rest,
      ];
    }),
  };
}

function failureTable({ failures }: Tuning): Table {
  return {
    columns: [{ title: "layer" }, { title: "case" }, { title: "reason" }],
    rows: failures.map(({ layer, id, reason }) => [layer, id.slice(0, 12), reason]),
  };
}
