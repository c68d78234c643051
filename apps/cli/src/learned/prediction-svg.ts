import type { PredictedPoint } from "@loopnest/model-learned";
import { levelColor } from "@loopnest/report";
import { chartFile, type PredictionGroup, predictionChart } from "@loopnest/report/charts";
import { chartDocument } from "../report/chart-document.js";

/**
 * Predicted against measured cycles as an SVG file: the learned model over the analytical one, each sample predicted
 * by the model that has not seen its shape.
 *
 * @param model Name of the learned model.
 */
export function predictionSvg(points: readonly PredictedPoint[], model: string): string {
  const group = (name: string, color: number, cycles: "analyticalCycles" | "bothCycles"): PredictionGroup => ({
    ...{ name, color: levelColor(color) },
    predictions: points.map((point, index) => ({
      predictedCycles: point[cycles],
      measuredCycles: point.measuredCycles,
      label: point.id ?? `sample ${index + 1}`,
    })),
  });
  const groups = [group("analytical model", 6, "analyticalCycles"), group("learned model", 0, "bothCycles")];
  return chartFile(predictionChart(groups), model, chartDocument());
}
