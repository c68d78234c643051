import type { RunView } from "../run/run-view.js";
import { fileName } from "../text/file-name.js";
import type { Chart } from "./chart.js";
import { comparisonChart } from "./comparison-chart.js";
import { convergenceChart } from "./convergence-chart.js";
import { edpChart } from "./edp-chart.js";
import { elasticityChart } from "./elasticity-chart.js";
import { energyChart } from "./energy-chart.js";
import { latencyChart } from "./latency-chart.js";
import { levelEnergyChart } from "./level-energy-chart.js";
import { rooflineChart } from "./roofline-chart.js";
import { tilesChart } from "./tiles-chart.js";

/** The charts of one run as a whole, in the order of the page. */
export function runCharts(run: RunView): Chart[] {
  const { result } = run;
  return [
    edpChart(result),
    energyChart(result),
    latencyChart(result),
    rooflineChart(run),
    convergenceChart([run]),
    elasticityChart(run),
  ].filter((chart) => chart !== null);
}

/** A picture of the tiles of each layer. */
export function layerCharts({ result, architecture }: RunView): Chart[] {
  return result.layers.map((layer, i) =>
    tilesChart(layer, architecture, `tiles-${String(i + 1).padStart(2, "0")}-${fileName(layer.name)}`),
  );
}

/** Charts in which runs stand side by side. */
export function comparisonCharts(runs: readonly RunView[]): Chart[] {
  // Values of other objectives are not to be compared.
  const comparable = runs.every(({ result }) => result.unit === runs[0]!.result.unit);
  return [comparisonChart(runs), levelEnergyChart(runs), comparable ? convergenceChart(runs) : null].filter(
    (chart) => chart !== null,
  );
}
