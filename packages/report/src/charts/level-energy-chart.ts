import { barX, gridX, text } from "@observablehq/plot";
import { percent, quantity, thousands } from "../numbers/number-format.js";
import type { RunResult } from "../run/run-result.js";
import type { RunView } from "../run/run-view.js";
import { type Chart, type LegendEntry, renderPlot } from "./chart.js";
import { type EnergyPart, energyParts, movementPart } from "./energy-chart.js";
import { layerAxis } from "./layer-axis.js";
import { levelColor, tensorStrength } from "./palette.js";

/** A piece of the energy of a whole network. */
interface Piece extends Required<Omit<LegendEntry, "dashed">> {
  readonly uj: number;
}

/**
 * The energy of whole networks, a bar per run: by level and tensor, or, where the runs' machines have different levels,
 * by the outermost level, all others together, and MACs, so that a colour means the same in every bar.
 */
export function levelEnergyChart(runs: readonly Pick<RunView, "label" | "result">[]): Chart {
  const levels = new Set(runs.map(({ result }) => Object.keys(result.layers[0]!.levels).join()));
  const pieces = runs.map(({ result }) => (levels.size === 1 ? piecesByLevel(result) : piecesByPlace(result)));
  const legend = [...new Map(pieces.flat().map((piece) => [piece.name, piece])).values()];
  return {
    name: "energy-of-runs",
    title: levels.size === 1 ? "Energy by level and tensor" : "Energy by place and tensor",
    legend,
    draw(width, document) {
      const axis = layerAxis(
        runs.map(({ label }) => label),
        width,
      );
      const bars = runs.flatMap(({ label, result }, i) =>
        pieces[i]!.map((piece) => ({
          ...piece,
          run: axis.labels[i]!,
          title: `${label}, ${piece.name}: ${quantity(piece.uj)} uJ, ${percent(piece.uj / result.totals.energyUj)}`,
        })),
      );
      const totals = runs.map(({ result }, i) => ({ run: axis.labels[i]!, uj: result.totals.energyUj }));
      return renderPlot(document, "Energy of every run by level and tensor", {
        ...axis.frame,
        marginRight: 64,
        x: { label: "energy of the network (uJ) →", ticks: width < 500 ? 4 : 8, tickFormat: thousands },
        color: { type: "identity" },
        opacity: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.15 }),
          barX(bars, { x: "uj", y: "run", fill: "color", fillOpacity: "strength", title: "title" }),
          text(totals, { x: "uj", y: "run", text: ({ uj }) => quantity(uj), textAnchor: "start", dx: 4 }),
        ],
      });
    },
  };
}

function piecesByLevel(result: RunResult): Piece[] {
  const ofLayers = energyParts(result).map((part) => ({ ...part, uj: energyOf(result, [part]) }));
  return [...ofLayers, ...moved(result)];
}

function piecesByPlace(result: RunResult): Piece[] {
  const [outermost] = Object.keys(result.layers[0]!.levels);
  const parts = energyParts(result);
  const macs = parts.filter(({ level }) => level === null);
  const ofLevels = parts.filter(({ level }) => level !== null);
  const pieces = [...new Set(ofLevels.map(({ piece }) => piece))];
  const place = (name: string, isIn: (level: string | null) => boolean, index: number): Piece[] =>
    pieces.map((piece, t) => ({
      ...{ name: `${name} ${piece}`, color: levelColor(index), strength: tensorStrength(t) },
      uj: energyOf(
        result,
        ofLevels.filter((part) => part.piece === piece && isIn(part.level)),
      ),
    }));
  return [
    ...place("off chip", (level) => level === outermost, 0),
    ...place("on chip", (level) => level !== outermost, 1),
    { name: "MACs", color: levelColor(4), strength: 1, uj: energyOf(result, macs) },
    ...moved(result),
  ];
}

/** Energy of all layers that some parts stand for. */
function energyOf({ layers }: RunResult, parts: readonly EnergyPart[]): number {
  return layers.reduce(
    (sum, layer) => sum + parts.reduce((own, { energyPj }) => own + (layer.count * energyPj(layer)) / 1e6, 0),
    0,
  );
}

function moved(result: RunResult): Piece[] {
  return movementPart(result).map((part) => ({ ...part, uj: result.totals.dataMovement!.energyUj }));
}
