import { barX, gridX } from "@observablehq/plot";
import type { DesignFigures } from "../figures/figures.js";
import { movementRows } from "../figures/movement-rows.js";
import { percent, quantity, thousands } from "../numbers/number-format.js";
import { type Chart, type LegendEntry, renderPlot } from "./chart.js";
import { layerAxis, layerNames } from "./layer-axis.js";
import { levelColor } from "./palette.js";

/** Latency of every layer, count included, painted in the colour of the level that sets it. */
export function latencyChart(result: DesignFigures): Chart {
  const names = bottleneckNames(result);
  return {
    name: "latency",
    title: "Latency by layer, painted by what sets it",
    legend: usedBottlenecks(result),
    draw(width, document) {
      const axis = layerAxis(layerNames(result), width);
      const bars = result.layers.map(({ name, count, latencyCycles, bottleneck, utilization, share }, i) => ({
        layer: axis.labels[i]!,
        cycles: count * latencyCycles,
        color: levelColor(names.indexOf(bottleneck)),
        title:
          `${name}: ${quantity(count * latencyCycles)} cycles, ${percent(share.latency)} of the network, ` +
          `set by ${bottleneck}, ${percent(utilization)} of the MACs used`,
      }));
      movementRows(result).forEach(({ name, latencyCycles: cycles, share }, i) => {
        const part = `${quantity(cycles)} cycles, ${percent(share.latency)} of the network`;
        const title = `${name}: ${part}, set by ${names[0]}`;
        bars.push({ layer: axis.labels[result.layers.length + i]!, cycles, color: levelColor(0), title });
      });
      return renderPlot(document, "Latency of every layer by bottleneck", {
        ...axis.frame,
        x: {
          label: "latency, all executions of the layer (cycles) →",
          ...{ ticks: width < 500 ? 4 : 8, tickFormat: thousands },
        },
        color: { type: "identity" },
        marks: [gridX({ strokeOpacity: 0.15 }), barX(bars, { x: "cycles", y: "layer", fill: "color", title: "title" })],
      });
    },
  };
}

/** What can set a latency, in the order of the palette: levels outermost first, then compute. */
export function bottleneckNames({ layers }: DesignFigures): string[] {
  return [...Object.keys(layers[0]!.levels), "compute"];
}

/** What does set the latency of some layer. */
export function usedBottlenecks(result: DesignFigures): LegendEntry[] {
  return bottleneckNames(result)
    .map((name, i) => ({ name, color: levelColor(i) }))
    .filter(
      ({ name }, i) =>
        result.layers.some(({ bottleneck }) => bottleneck === name) || (i === 0 && result.dataMovement !== undefined),
    );
}
