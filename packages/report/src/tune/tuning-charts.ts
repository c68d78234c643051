import { axisX, axisY, dot, gridX, gridY, line, ruleY } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { quantity } from "../numbers/number-format.js";
import type { TunedDesign, TunedPoint, Tuning } from "./tuning.js";

/** Predicted against measured cycles, logarithmic: what was measured, with what was predicted of it before. */
export function predictionChart({ points }: Tuning): Chart {
  const all = points.flatMap(({ predictedCycles, measuredCycles }) => [predictedCycles, measuredCycles]);
  const ends = [Math.min(...all), Math.max(...all)];
  const groups = [
    { name: "first round, analytical model", color: levelColor(6), own: points.filter(({ round }) => round === 0) },
    {
      name: "proposed, learned model",
      color: levelColor(0),
      own: points.filter(({ round, found }) => round > 0 && !found),
    },
    {
      name: "found by search, learned model",
      color: levelColor(1),
      own: points.filter((one) => one.round > 0 && one.found),
    },
  ].filter(({ own }) => own.length > 0);
  return {
    name: "predictions",
    title: "Predicted against measured cycles",
    legend: groups.map(({ name, color }) => ({ name, color })),
    draw: (width, document) =>
      renderPlot(document, "Predicted against measured cycles of every case that was measured", {
        ...{ width, height: width < 500 ? 320 : 460, marginLeft: 64, marginBottom: 44, marginTop: 28 },
        x: { type: "log", domain: ends },
        y: { type: "log", domain: ends },
        marks: [
          gridX({ strokeOpacity: 0.12 }),
          gridY({ strokeOpacity: 0.12 }),
          axisX({ label: "measured cycles →", ticks: width < 500 ? 3 : 6 }),
          axisY({ label: "↑ predicted cycles", ticks: 6 }),
          line(
            ends.map((end): [number, number] => [end, end]),
            {
              stroke: "currentColor",
              strokeOpacity: 0.4,
            },
          ),
          ...groups.map(({ own, color }) =>
            dot(own, {
              ...{ x: "measuredCycles", y: "predictedCycles", r: 2.5, fill: color, fillOpacity: 0.7 },
              title: ({ layer, round, predictedCycles, measuredCycles }: TunedPoint) =>
                `${layer}, round ${round}: predicted ${quantity(predictedCycles)}, measured ` +
                `${quantity(measuredCycles)}`,
            }),
          ),
        ],
      }),
  };
}

/** Measured EDP of the designs over the rounds, and that of the analytical search as a line. */
export function edpByRoundChart({ designs }: Tuning): Chart {
  type Measured = TunedDesign & { readonly measured: NonNullable<TunedDesign["measured"]> };
  const measured = designs.filter((one): one is Measured => one.measured !== null);
  const base = measured.filter(({ way }) => way === "analytical");
  const learned = measured.filter(({ round }) => round > 0);
  return {
    name: "edp-by-round",
    title: "Measured EDP of what was found",
    legend: [
      ...(learned.length > 0 ? [{ name: "search with the learned model", color: levelColor(0) }] : []),
      ...(base.length > 0 ? [{ name: "search with the analytical model", color: levelColor(1), dashed: true }] : []),
    ],
    draw: (width, document) =>
      renderPlot(document, "Measured EDP of every design that was found, by round", {
        ...{ width, height: 300, marginLeft: 64, marginBottom: 44, marginTop: 28 },
        x: { type: "linear" },
        marks: [
          gridY({ strokeOpacity: 0.12 }),
          axisX({ label: "round →", ticks: [...new Set(learned.map(({ round }) => round))], tickFormat: "d" }),
          axisY({ label: "↑ measured EDP (uJ x cycles)", tickFormat: ".1e", ticks: 5 }),
          ruleY(base, { y: (one: Measured) => one.measured.edp, stroke: levelColor(1), strokeDasharray: "5 4" }),
          dot(learned, {
            ...{ x: "round", y: (one: Measured) => one.measured.edp, r: 4, fill: levelColor(0) },
            title: ({ name, measured: { edp } }: Measured) => `${name}: ${quantity(edp)} uJ x cycles`,
          }),
        ],
      }),
  };
}
