import { axisX, axisY, dot, gridX, gridY, line } from "@observablehq/plot";
import { quantity } from "../numbers/number-format.js";
import { type Chart, renderPlot } from "./chart.js";

/** Latency in cycles as a model predicted it and as it was measured. */
export interface Prediction {
  readonly predictedCycles: number;
  readonly measuredCycles: number;
  /** Of what it is: layer, round. */
  readonly label: string;
}

/** Predictions of one model, or of one kind of case, in a colour of their own. */
export interface PredictionGroup {
  readonly name: string;
  /** From `levelColor`. */
  readonly color: string;
  readonly predictions: readonly Prediction[];
}

/** Predicted against measured cycles, both logarithmic, with the line on which a prediction is right. */
export function predictionChart(allGroups: readonly PredictionGroup[]): Chart {
  const groups = allGroups.filter(({ predictions }) => predictions.length > 0);
  const cycles = groups.flatMap(({ predictions }) =>
    predictions.flatMap(({ predictedCycles, measuredCycles }) => [predictedCycles, measuredCycles]),
  );
  const ends = [Math.min(...cycles), Math.max(...cycles)];
  const right = ends.map((end): [number, number] => [end, end]);
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
          line(right, { stroke: "currentColor", strokeOpacity: 0.4 }),
          ...groups.map(({ predictions, color }) =>
            dot(predictions, {
              ...{ x: "measuredCycles", y: "predictedCycles", r: 2.5, fill: color, fillOpacity: 0.7 },
              title: ({ label, predictedCycles, measuredCycles }: Prediction) =>
                `${label}: predicted ${quantity(predictedCycles)}, measured ${quantity(measuredCycles)}`,
            }),
          ),
        ],
      }),
  };
}
