import type { PredictedPoint } from "@loopnest/model-learned";
import { dot, line, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Predicted against measured cycles as an SVG file: the analytical model beside the learned one. */
export function scatterSvg(points: readonly PredictedPoint[]): string {
  const { document } = parseHTML("<html><body></body></html>");
  const rows = points.flatMap(({ measuredCycles, analyticalCycles, bothCycles }) => [
    { measured: measuredCycles, predicted: analyticalCycles, model: "analytical model" },
    { measured: measuredCycles, predicted: bothCycles, model: "learned model" },
  ]);
  const all = rows.flatMap(({ measured, predicted }) => [measured, predicted]);
  const ends = [Math.min(...all), Math.max(...all)];
  const chart = plot({
    document,
    width: 960,
    height: 480,
    marginLeft: 60,
    style: { background: "white", color: "#222" },
    x: { type: "log", label: "measured cycles", domain: ends },
    y: { type: "log", label: "predicted cycles", domain: ends },
    fx: { label: null },
    marks: [
      line(
        ["analytical model", "learned model"].flatMap((model) => ends.map((value) => ({ model, value }))),
        { x: "value", y: "value", fx: "model", stroke: "#999" },
      ),
      dot(rows, { x: "measured", y: "predicted", fx: "model", r: 1.8, fill: "#2a6fb0", fillOpacity: 0.5 }),
    ],
  });
  chart.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `${chart.outerHTML}\n`;
}
