import type { ChartDocument } from "../charts/chart.js";
import { change } from "../fusion/fusion-tables.js";
import { quantity } from "../numbers/number-format.js";
import { figure } from "../pages/figure.js";
import { htmlPage } from "../pages/html-page.js";
import { htmlTable } from "../tables/html-table.js";
import { numbers } from "../tables/table.js";
import type { FusionSlope } from "./slope.js";
import { slopeChart } from "./slope-chart.js";

/** Buffer size against words of DRAM as one HTML page that needs nothing else. */
export function slopePage(slope: FusionSlope, document: ChartDocument): string {
  const chart = slopeChart(slope);
  const columns = [
    ...[numbers(slope.size), numbers("DRAM words, layer by layer"), numbers("fused"), numbers("")],
    ...[numbers("objective, layer by layer"), numbers("fused"), numbers("")],
  ];
  const rows = slope.points.map(({ value, apart, fused }) => [
    ...[String(value), quantity(apart.outermostWords), quantity(fused.outermostWords)],
    ...[change(fused.outermostWords, apart.outermostWords), quantity(apart.value), quantity(fused.value)],
    change(fused.value, apart.value),
  ]);
  return htmlPage(
    `${chart.title}: ${slope.title}`,
    `${figure(chart, "slope", document)}
<p class="quiet">Both axes grow in equal ratios. Each point is the design that is best for the objective at that size,
not the one with the fewest words: a line may rise where words are worth their price.</p>
${htmlTable(columns, rows)}`,
  );
}
