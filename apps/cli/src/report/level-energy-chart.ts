import { barX, gridX } from "@observablehq/plot";
import { MOVEMENT } from "../run-folder/movement-rows.js";
import { percent, quantity } from "../terminal/number-format.js";
import { type Chart, renderPlot } from "./chart.js";
import { energyParts, movementPart, partEnergyPj } from "./energy-chart.js";
import { layerAxis } from "./layer-axis.js";
import type { RunView } from "./run-view.js";

/** The energy of whole networks by level and tensor, a bar per run. */
export function levelEnergyChart(runs: readonly Pick<RunView, "label" | "result">[]): Chart {
  // Runs on other targets have other levels: every part is there once.
  const parts = [
    ...new Map(
      runs.flatMap(({ result }) =>
        [...energyParts(result), ...movementPart(result)].map((part) => [part.name, part] as const),
      ),
    ).values(),
  ];
  return {
    name: "energy-of-runs",
    title: "Energy by level and tensor",
    legend: parts,
    draw(width) {
      const axis = layerAxis(
        runs.map(({ label }) => label),
        width,
      );
      const pieces = runs.flatMap(({ label, result }, i) =>
        [...energyParts(result), ...movementPart(result)].map(({ name, color, strength }) => {
          const uj =
            name === MOVEMENT
              ? result.totals.dataMovement!.energyUj
              : result.layers.reduce((sum, layer) => sum + (layer.count * partEnergyPj(layer, name)) / 1e6, 0);
          const title = `${label}, ${name}: ${quantity(uj)} uJ, ${percent(uj / result.totals.energyUj)}`;
          return { run: axis.labels[i]!, uj, color, strength, title };
        }),
      );
      return renderPlot("Energy of every run by level and tensor", {
        ...axis.frame,
        x: { label: "energy of the network (uJ) →", ...(width < 500 && { ticks: 4, tickFormat: "s" }) },
        color: { type: "identity" },
        opacity: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.15 }),
          barX(pieces, { x: "uj", y: "run", fill: "color", fillOpacity: "strength", title: "title" }),
        ],
      });
    },
  };
}
