import { percent } from "../terminal/number-format.js";
import { comparisonCharts } from "./charts-of.js";
import { escapeHtml } from "./escape-html.js";
import { figure, table } from "./figure.js";
import { totalsOf } from "./run-section.js";
import type { RunView } from "./run-view.js";

/** Several runs side by side: a column per run, then charts. */
export function comparisonSection(runs: readonly RunView[]): string {
  const charts = comparisonCharts(runs).map(
    (chart) => `<h3>${escapeHtml(chart.title)}</h3>\n${figure(chart, `comparison-${chart.name}`)}`,
  );
  return `${comparisonTable(runs)}\n${charts.join("\n")}`;
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
    set("samples", run, String(samples));
    for (const [name, value] of totalsOf(run.result)) set(name, run, value);
    set("EDP of the first run's", run, percent(totals.edp / runs[0]!.result.totals.edp));
    for (const [name, size] of Object.entries(hardware)) set(name, run, String(size));
  }
  return table(
    [{ title: "" }, ...runs.map(({ label }) => ({ title: label, number: true }))],
    [...rows].map(([name, values]) => [name, ...runs.map((run) => values.get(run) ?? "")]),
  );
}
