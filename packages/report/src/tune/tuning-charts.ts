import { axisX, axisY, dot, gridY, ruleY } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { type PredictionGroup, predictionChart } from "../charts/prediction-chart.js";
import { quantity } from "../numbers/number-format.js";
import type { TunedDesign, TunedPoint, Tuning } from "./tuning.js";

/** Predicted against measured cycles: what was measured, with what was predicted of it before. */
export function tunedPredictionsChart({ points }: Tuning): Chart {
  const group = (name: string, color: number, belongs: (point: TunedPoint) => boolean): PredictionGroup => ({
    ...{ name, color: levelColor(color) },
    predictions: points.filter(belongs).map((one) => ({ ...one, label: `${one.layer}, round ${one.round}` })),
  });
  return predictionChart([
    group("first round, analytical model", 6, ({ round }) => round === 0),
    group("proposed, learned model", 0, ({ round, found }) => round > 0 && !found),
    group("found by search, learned model", 1, ({ round, found }) => round > 0 && found),
  ]);
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
