import { barX, gridX } from "@observablehq/plot";
import type { RunResult } from "../run-folder/run-result.js";
import { percent, quantity } from "../terminal/number-format.js";
import { layerAxis } from "./layer-axis.js";
import { levelColor } from "./palette.js";
import { renderChart } from "./render-chart.js";

/** Latency of every layer, count included, painted in the colour of the level that sets it, as SVG. */
export function latencyChart(result: RunResult): string {
  const names = bottleneckNames(result);
  const axis = layerAxis(result);
  const bars = result.layers.map(({ name, count, latencyCycles, bottleneck, utilization, share }, i) => ({
    layer: axis.labels[i]!,
    cycles: count * latencyCycles,
    color: levelColor(names.indexOf(bottleneck)),
    title:
      `${name}: ${quantity(count * latencyCycles)} cycles, ${percent(share.latency)} of the network, ` +
      `set by ${bottleneck}, ${percent(utilization)} of the MACs used`,
  }));
  return renderChart("Latency of every layer by bottleneck", {
    ...axis.frame,
    x: { label: "latency, all executions of the layer (cycles) →" },
    color: { type: "identity" },
    marks: [gridX({ strokeOpacity: 0.15 }), barX(bars, { x: "cycles", y: "layer", fill: "color", title: "title" })],
  });
}

/** What can set a latency, in the order of the palette: levels outermost first, then compute. */
export function bottleneckNames({ layers }: RunResult): string[] {
  return [...Object.keys(layers[0]!.levels), "compute"];
}
