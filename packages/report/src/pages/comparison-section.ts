import type { ChartDocument } from "../charts/chart.js";
import { comparisonCharts } from "../charts/charts-of.js";
import { quantity, times, whole } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";
import { escapeHtml } from "../text/media.js";
import { figure } from "./figure.js";
import { totalsOf } from "./run-section.js";

/** Several runs side by side: a column per run, then charts. */
export function comparisonSection(runs: readonly RunView[], document: ChartDocument): string {
  const charts = comparisonCharts(runs).map(
    (chart) => `<h3>${escapeHtml(chart.title)}</h3>\n${figure(chart, `comparison-${chart.name}`, document)}`,
  );
  return (
    `<h2 id="comparison">Side by side</h2>\n${comparisonTable(runs)}\n${charts.join("\n")}\n` +
    `${layersSideBySide(runs)}`
  );
}

/** Energy and latency of every layer in every run, where the runs are of one network. */
function layersSideBySide(runs: readonly RunView[]): string {
  const first = runs[0]!.result;
  if (runs.some(({ result }) => result.inputs.workload.sha256 !== first.inputs.workload.sha256)) return "";
  const columns = runs.flatMap(({ label }) => [numbers(`${label}: uJ`), numbers("cycles"), { title: "bottleneck" }]);
  const rows = first.layers.map(({ name, count }, i) => [
    ...[name, String(count)],
    ...runs.flatMap(({ result }) => {
      const { energyPj, latencyCycles, bottleneck } = result.layers[i]!;
      return [quantity((count * energyPj) / 1e6), quantity(count * latencyCycles), bottleneck];
    }),
  ]);
  const note = "All executions of a layer together.";
  return (
    `<h3>Layers side by side</h3>\n<p class="quiet">${note}</p>\n` +
    `${htmlTable([{ title: "layer" }, numbers("count"), ...columns], rows)}`
  );
}

function comparisonTable(runs: readonly RunView[]): string {
  const rows = new Map<string, Map<RunView, string>>();
  const set = (name: string, run: RunView, value: string) => {
    if (!rows.has(name)) rows.set(name, new Map());
    rows.get(name)!.set(run, value);
  };
  for (const run of runs) {
    const { inputs, method, seed, samples, objective, totals, hardware } = run.result;
    set("network", run, inputs.workload.name);
    set("target", run, inputs.target.name);
    set("energy table", run, inputs.energyTable.name);
    set("search", run, `${method}, ${objective.name}, seed ${seed}`);
    set("samples", run, whole(samples));
    for (const [name, value] of totalsOf(run.result)) set(name, run, value);
    set("EDP, first run = 1", run, times(totals.edp / runs[0]!.result.totals.edp));
    for (const [name, size] of Object.entries(hardware)) set(name, run, String(size));
  }
  return htmlTable(
    [{ title: "" }, ...runs.map(({ label }) => numbers(label))],
    [...rows].map(([name, values]) => [name, ...runs.map((run) => values.get(run) ?? "")]),
  );
}
