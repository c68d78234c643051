import { axisY, dot, gridY, lineY } from "@observablehq/plot";
import { quantity, whole } from "../terminal/number-format.js";
import { type Chart, renderPlot } from "./chart.js";
import { levelColor } from "./palette.js";
import type { RunView } from "./run-view.js";

/** Best value of the objective over samples spent, a line per run; `null` if no run has improved on anything. */
export function convergenceChart(runs: readonly Pick<RunView, "label" | "result">[]): Chart | null {
  const lines = runs.flatMap(({ label, result }, i) => {
    const last = result.convergence.at(-1);
    if (last === undefined) return [];
    const points = [...result.convergence, { ...last, samples: Math.max(result.samples, last.samples) }];
    return [{ label, color: levelColor(i), improvements: result.convergence, points }];
  });
  if (lines.length === 0) return null;
  const unit = runs[0]!.result.unit;
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  return {
    name: "convergence",
    title: "Convergence",
    legend: lines.length === 1 ? [] : lines.map(({ label, color }) => ({ name: label, color })),
    draw: (width) =>
      renderPlot("Best value over samples", {
        ...{ width, height: width < 500 ? 260 : 320, marginLeft: 60, marginRight: 24 },
        x: { label: "samples (evaluations of the network) →", tickFormat: whole, ...(width < 500 && { ticks: 4 }) },
        y: { type: "log" },
        marks: [
          // As `text`: D3's log scale would leave out most of what `tickFormat` says.
          axisY({ label: `↑ best value (${unit})`, text: axisLabel(values) }),
          gridY({ strokeOpacity: 0.15 }),
          ...lines.flatMap(({ points, improvements, color, label }) => [
            lineY(points, { x: "samples", y: "value", curve: "step-after", stroke: color, strokeWidth: 2 }),
            dot(improvements, {
              ...{ x: "samples", y: "value", r: 2, fill: color },
              title: ({ value, samples }: (typeof points)[number]) =>
                `${lines.length > 1 ? `${label}: ` : ""}${quantity(value)} after ${whole(samples)} samples`,
            }),
          ]),
        ],
      }),
  };
}

/** Numbers of a log axis: every tick where it spans little, those that begin with 1, 2 or 5 where it spans much. */
function axisLabel(values: readonly number[]): (value: number) => string {
  const span = Math.max(...values) / Math.min(...values);
  return (value) => {
    const mantissa = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
    if (span > 10 && ![1, 2, 5].includes(mantissa)) return "";
    return value.toExponential(span > 3 ? 0 : 2).replace("e+", "e");
  };
}
