import { axisY, gridY, lineY } from "@observablehq/plot";
import { logTicks, padded } from "../numbers/log-ticks.js";
import { type Chart, renderPlot } from "./chart.js";
import { levelColor } from "./palette.js";

/** What was known after so many seconds. */
interface Known {
  readonly seconds: number;
  readonly value: number;
}

/** A search that proves how good a design can be. */
export interface BoundedSearch {
  /** Best values found, oldest first. */
  readonly found: readonly Known[];
  /** What no design is below, oldest first: greater each time. */
  readonly proven: readonly Known[];
  readonly seconds: number;
  /** Of the values. */
  readonly unit: string;
}

/** The best value found and the bound below it over time, closing in on the optimum; `null` before both are known. */
export function boundsChart({ found, proven, seconds, unit }: BoundedSearch): Chart | null {
  const lines = [
    { name: "best found", color: levelColor(0), known: found },
    { name: "none can be below", color: levelColor(1), known: proven },
  ].map(({ known, ...line }) => ({ ...line, points: untilNow(known, seconds) }));
  if (lines.some(({ points }) => points.length === 0)) return null;
  const domain = padded(lines.flatMap(({ points }) => points.map(({ value }) => value)));
  const ticks = logTicks(domain);
  return {
    name: "bounds",
    title: "Bounds",
    legend: lines.map(({ name, color }) => ({ name, color })),
    draw: (width, document) =>
      renderPlot(document, "Best value and proven bound over seconds", {
        ...{ width, height: width < 500 ? 260 : 320, marginLeft: 60, marginRight: 24 },
        x: { label: "seconds →", domain: [0, Math.max(seconds, 1e-3)], ...(width < 500 && { ticks: 4 }) },
        y: { type: "log", domain: [...domain] },
        marks: [
          axisY({ label: `↑ value (${unit})`, ticks: [...ticks.values], text: ticks.text }),
          gridY({ strokeOpacity: 0.15, ticks: [...ticks.values] }),
          ...lines.map(({ points, color }) =>
            lineY(points, { x: "seconds", y: "value", curve: "step-after", stroke: color, strokeWidth: 2 }),
          ),
        ],
      }),
  };
}

function untilNow(known: readonly Known[], seconds: number): Known[] {
  const last = known.at(-1);
  return last === undefined ? [] : [...known, { seconds: Math.max(seconds, last.seconds), value: last.value }];
}
