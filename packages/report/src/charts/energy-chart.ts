import { barX, gridX } from "@observablehq/plot";
import type { DesignFigures, LayerFigures } from "../figures/figures.js";
import { MOVEMENT, movementRows } from "../figures/movement-rows.js";
import { percent, quantity, thousands } from "../numbers/number-format.js";
import { type Chart, type LegendEntry, renderPlot } from "./chart.js";
import { layerAxis, layerNames } from "./layer-axis.js";
import { levelColor, MOVEMENT_STRENGTH, tensorStrength } from "./palette.js";

/** Energy of every layer, count included, split by level and tensor, static energy and wires apart. */
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
        parts.map(({ name, color, strength, energyPj }) => {
          const uj = (layer.count * energyPj(layer)) / 1e6;
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

/** A piece of a bar, and what it stands for. */
export interface EnergyPart extends Required<Omit<LegendEntry, "dashed">> {
  /** `null` for the MAC units. */
  readonly level: string | null;
  /** The tensor, or what else a level costs. */
  readonly piece: string;
  /** Of one execution of a layer; 0 in layers that have no such piece. */
  readonly energyPj: (layer: LayerFigures) => number;
}

/** The pieces in the order in which they are stacked: levels outermost first, then the MAC units. */
export function energyParts({ layers }: DesignFigures): EnergyPart[] {
  const levels = Object.keys(layers[0]!.levels);
  const tensors = tensorNames(layers);
  const parts = levels.flatMap((level, l) => {
    const own = layers.flatMap((layer) => layer.levels[level] ?? []);
    return [
      ...tensors
        .filter((tensor) => own.some((figures) => figures.tensors[tensor] !== undefined))
        .map((tensor) => ({
          piece: tensor,
          strength: tensorStrength(tensors.indexOf(tensor)),
          energyPj: ({ levels }: LayerFigures) => levels[level]?.tensors[tensor]?.energyPj ?? 0,
        })),
      ...Object.entries(OTHER_PARTS)
        .filter(([, figure]) => own.some((figures) => figures[figure] !== undefined))
        .map(([piece, figure], i) => ({
          piece,
          strength: OTHER_STRENGTHS[i]!,
          energyPj: ({ levels }: LayerFigures) => levels[level]?.[figure] ?? 0,
        })),
    ].map((part) => ({ ...part, level, name: `${level} ${part.piece}`, color: levelColor(l) }));
  });
  const macs = { level: null, name: "MACs", piece: "MACs", energyPj: (layer: LayerFigures) => layer.computeEnergyPj };
  return [...parts, { ...macs, color: levelColor(levels.length), strength: 1 }];
}

/** What a level costs besides accesses, by the name of the piece. */
const OTHER_PARTS = { static: "leakPj", wires: "networkPj" } as const;

/** How strongly they are painted. */
const OTHER_STRENGTHS = [0.15, 0.3];

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
