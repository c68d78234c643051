import { axisY, dot, gridY, lineY } from "@observablehq/plot";
import type { RunResult } from "../run-folder/run-result.js";
import { quantity, whole } from "../terminal/number-format.js";
import { renderChart } from "./render-chart.js";

/** Best value of the objective over samples spent, as SVG; `null` before the first two improvements. */
export function convergenceChart({ convergence, samples, unit }: RunResult): string | null {
  const last = convergence.at(-1);
  if (last === undefined) return null;
  const points = [...convergence, { ...last, samples: Math.max(samples, last.samples) }];
  return renderChart("Best value over samples", {
    height: 320,
    marginLeft: 60,
    x: { label: "samples (evaluations of the whole network) →", tickFormat: (value: number) => whole(value) },
    y: { type: "log" },
    marks: [
      // As `text`: D3's log scale would leave out most of what `tickFormat` says.
      axisY({ label: `↑ best value (${unit})`, text: axisLabel(points.map(({ value }) => value)) }),
      gridY({ strokeOpacity: 0.15 }),
      lineY(points, { x: "samples", y: "value", curve: "step-after", stroke: "var(--level-0)", strokeWidth: 2 }),
      dot(convergence, {
        ...{ x: "samples", y: "value", r: 2, fill: "var(--level-0)" },
        title: (point: typeof last) => `${quantity(point.value)} after ${whole(point.samples)} samples`,
      }),
    ],
  });
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
