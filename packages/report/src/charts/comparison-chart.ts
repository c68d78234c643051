import { barX, gridX, ruleX, text } from "@observablehq/plot";
import { times } from "../numbers/number-format.js";
import type { RunView } from "../run/run-view.js";
import { shortened } from "../text/shortened.js";
import { type Chart, renderPlot } from "./chart.js";
import { levelColor } from "./palette.js";

/** Totals in which runs are compared. */
const FIGURES = [
  ["EDP", "edp"],
  ["energy", "energyUj"],
  ["latency", "latencyCycles"],
  ["area", "areaMm2"],
] as const;

/** EDP, energy, latency and area of several runs, each as a multiple of the first run's. */
export function comparisonChart(runs: readonly Pick<RunView, "label" | "result">[]): Chart {
  const first = runs[0]!.result.totals;
  const known = FIGURES.filter(([, field]) => runs.every(({ result }) => result.totals[field] > 0));
  return {
    name: "comparison",
    title: `Totals, as multiples of ${runs[0]!.label}`,
    legend: runs.map(({ label }, i) => ({ name: label, color: levelColor(i) })),
    draw(width, document) {
      const labels = runs.map(({ label }) => label);
      const bars = known.flatMap(([name, field]) =>
        runs.map(({ label, result }, i) => ({
          ...{ name, label, color: levelColor(i), ratio: result.totals[field] / first[field] },
          title: `${label}: ${name} is ${times(result.totals[field] / first[field])} that of ${labels[0]}`,
        })),
      );
      const longest = Math.max(...labels.map((label) => label.length));
      const room = Math.min(6.2 * longest, 0.35 * width);
      return renderPlot(document, "Totals of the runs, as multiples of the first", {
        ...{
          width,
          height: 60 + known.length * (30 + 18 * runs.length),
          marginLeft: 20 + room,
          marginTop: 24,
          marginRight: 60,
        },
        x: { label: `multiple of the first run's →`, zero: true, ...(width < 500 && { ticks: 4 }) },
        y: { label: null, domain: labels, tickFormat: (label: string) => shortened(label, Math.floor(room / 6.2)) },
        fy: { axis: null, domain: known.map(([name]) => name), padding: 30 / (30 + 18 * runs.length) },
        color: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.15 }),
          text(known, {
            ...{ fy: ([name]: (typeof known)[number]) => name, text: ([name]: (typeof known)[number]) => name },
            ...{ frameAnchor: "top-left", dy: -12, fontWeight: 600, fontSize: 12 },
          }),
          barX(bars, { x: "ratio", y: "label", fy: "name", fill: "color", title: "title" }),
          text(bars, {
            ...{
              x: "ratio",
              y: "label",
              fy: "name",
              textAnchor: "start",
              dx: 4,
              stroke: "var(--page)",
              strokeWidth: 3,
              fill: "currentColor",
            },
            text: ({ ratio }: (typeof bars)[number]) => times(ratio),
          }),
          ruleX([1], { strokeDasharray: "3 3" }),
        ],
      });
    },
  };
}
