import { axisY, dot, gridY, lineY } from "@observablehq/plot";
import { logTicks, padded } from "../numbers/log-ticks.js";
import { quantity, whole } from "../numbers/number-format.js";
import type { RunResult } from "../run/run-result.js";
import { type Chart, renderPlot } from "./chart.js";
import { levelColor } from "./palette.js";

/** What of a run is drawn; a search that still runs has as much. */
interface Converged {
  readonly label: string;
  readonly result: Pick<RunResult, "convergence" | "samples" | "unit">;
}

/** Best value of the objective over samples spent, a line per run; `null` if no run has improved on anything. */
export function convergenceChart(runs: readonly Converged[]): Chart | null {
  const lines = runs.flatMap(({ label, result }, i) => {
    const last = result.convergence.at(-1);
    if (last === undefined) return [];
    const points = [...result.convergence, { ...last, samples: Math.max(result.samples, last.samples) }];
    return [{ label, color: levelColor(i), improvements: result.convergence, points }];
  });
  if (lines.length === 0) return null;
  const unit = runs[0]!.result.unit;
  const domain = padded(lines.flatMap(({ points }) => points.map(({ value }) => value)));
  const ticks = logTicks(domain);
  return {
    name: "convergence",
    title: "Convergence",
    legend: lines.length === 1 ? [] : lines.map(({ label, color }) => ({ name: label, color })),
    draw: (width, document) =>
      renderPlot(document, "Best value over samples", {
        ...{ width, height: width < 500 ? 260 : 320, marginLeft: 60, marginRight: 24 },
        x: { label: "samples (evaluations of the network) →", tickFormat: whole, ...(width < 500 && { ticks: 4 }) },
        y: { type: "log", domain: [...domain] },
        marks: [
          // As `text`: D3's log scale would leave out most of what `tickFormat` says.
          axisY({ label: `↑ best value (${unit})`, ticks: [...ticks.values], text: ticks.text }),
          gridY({ strokeOpacity: 0.15, ticks: [...ticks.values] }),
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
