import { barX, gridX } from "@observablehq/plot";
import type { DesignFigures } from "../figures/figures.js";
import { movementRows } from "../figures/movement-rows.js";
import { percent } from "../numbers/number-format.js";
import { type Chart, renderPlot } from "./chart.js";
import { layerAxis, layerNames } from "./layer-axis.js";
import { levelColor } from "./palette.js";

/** Each layer's share of EDP: half its share of energy, half its share of latency, side by side. */
export function edpChart(result: DesignFigures): Chart {
  const halves = [
    { name: "by its energy", color: levelColor(1), of: "energy" },
    { name: "by its latency", color: levelColor(0), of: "latency" },
  ] as const;
  return {
    name: "edp",
    title: "EDP by layer",
    legend: halves,
    draw(width, document) {
      const axis = layerAxis(layerNames(result), width);
      const bars = [...result.layers, ...movementRows(result)].flatMap(({ name, share }, i) =>
        halves.map(({ of, color }) => ({
          layer: axis.labels[i]!,
          half: 50 * share[of],
          color,
          title:
            `${name}: ${percent(share.edp)} of EDP: ${percent(share.energy)} of the energy, ` +
            `${percent(share.latency)} of the latency`,
        })),
      );
      return renderPlot(document, "Share of every layer in EDP", {
        ...axis.frame,
        x: { label: "share of EDP (%) →" },
        color: { type: "identity" },
        marks: [gridX({ strokeOpacity: 0.15 }), barX(bars, { x: "half", y: "layer", fill: "color", title: "title" })],
      });
    },
  };
}
