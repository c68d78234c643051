import { barX, gridX } from "@observablehq/plot";
import type { DesignFigures, LayerFigures } from "../figures/figures.js";
import { MOVEMENT, movementRows } from "../figures/movement-rows.js";
import { percent, quantity, thousands } from "../numbers/number-format.js";
import { type Chart, type LegendEntry, renderPlot } from "./chart.js";
import { layerAxis, layerNames } from "./layer-axis.js";
import { levelColor, MOVEMENT_STRENGTH, tensorStrength } from "./palette.js";

/** Energy of every layer, count included, split by level and tensor. */
export function energyChart(result: DesignFigures): Chart {
  const parts = energyParts(result);
  const { energyUj } = result.totals;
  return {
    name: "energy",
    title: "Energy by layer",
    legend: [...parts, ...movementPart(result)],
    draw(width, document) {
      const axis = layerAxis(layerNames(result), width);
      const pieces = result.layers.flatMap((layer, i) =>
        parts.map(({ name, color, strength }) => {
          const uj = (layer.count * partEnergyPj(layer, name)) / 1e6;
          const title = `${layer.name}, ${name}: ${quantity(uj)} uJ, ${percent(uj / energyUj)} of the network`;
          return { layer: axis.labels[i]!, uj, color, strength, title };
        }),
      );
      movementRows(result).forEach(({ name, energyUj: uj, share }, i) => {
        const title = `${name}: ${quantity(uj)} uJ, ${percent(share.energy)} of the network`;
        pieces.push({ layer: axis.labels[result.layers.length + i]!, uj, ...movementColor, title });
      });
      return renderPlot(document, "Energy of every layer by level and tensor", {
        ...axis.frame,
        x: { label: "energy, all executions of the layer (uJ) →", ticks: width < 500 ? 4 : 8, tickFormat: thousands },
        color: { type: "identity" },
        opacity: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.15 }),
          barX(pieces, { x: "uj", y: "layer", fill: "color", fillOpacity: "strength", title: "title" }),
        ],
      });
    },
  };
}

/** The pieces in the order in which they are stacked: levels outermost first, then the MAC units. */
export function energyParts({ layers }: DesignFigures): Required<Omit<LegendEntry, "dashed">>[] {
  const levels = Object.keys(layers[0]!.levels);
  const tensors = tensorNames(layers);
  const parts = levels.flatMap((level, l) =>
    tensors
      .filter((tensor) => layers.some((layer) => layer.levels[level]?.tensors[tensor] !== undefined))
      .map((tensor) => ({
        name: `${level} ${tensor}`,
        color: levelColor(l),
        strength: tensorStrength(tensors.indexOf(tensor)),
      })),
  );
  return [...parts, { name: "MACs", color: levelColor(levels.length), strength: 1 }];
}

/** What operators that are no layers move to and from the outermost level. */
const movementColor = { color: "currentColor", strength: MOVEMENT_STRENGTH };

/** The piece of the operators that are no layers, if there are any. */
export function movementPart({ dataMovement }: DesignFigures): Required<Omit<LegendEntry, "dashed">>[] {
  return dataMovement === undefined ? [] : [{ name: MOVEMENT, ...movementColor }];
}

/** All tensors that any level of any layer holds. */
export function tensorNames(layers: readonly LayerFigures[]): string[] {
  return [
    ...new Set(layers.flatMap((layer) => Object.values(layer.levels).flatMap((level) => Object.keys(level.tensors)))),
  ];
}

/** Energy of one execution of a layer that a piece stands for. */
export function partEnergyPj(layer: LayerFigures, part: string): number {
  if (part === "MACs") return layer.computeEnergyPj;
  const level = Object.keys(layer.levels).find((name) => part.startsWith(`${name} `))!;
  return layer.levels[level]!.tensors[part.slice(level.length + 1)]?.energyPj ?? 0;
}
