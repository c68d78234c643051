import type { Architecture } from "@loopnest/mapspace";
import { barX, ruleX, text } from "@observablehq/plot";
import type { LayerFigures } from "../figures/figures.js";
import { heldLevelWords } from "../figures/level-words.js";
import { percent, quantity } from "../numbers/number-format.js";
import { type Chart, renderPlot } from "./chart.js";
import { tensorNames } from "./energy-chart.js";
import { levelColor, tensorStrength } from "./palette.js";

/** Height of a level's row in pixels. */
const ROW = 46;

/** The tiles of a layer in every level: bars as long as the share of one instance's capacity that a tile takes. */
export function tilesChart(layer: LayerFigures, architecture: Architecture, name: string): Chart {
  const tensors = tensorNames([layer]);
  const levels = architecture.levels.map((level) => levelTiles(layer, level));
  return {
    name,
    title: `Tiles of ${layer.name}`,
    legend: tensors.map((tensor, t) => ({ name: tensor, color: "currentColor", strength: tensorStrength(t) })),
    draw: (width, document) =>
      renderPlot(document, `Tiles of ${layer.name} in every level`, {
        ...{ width, height: 40 + ROW * levels.length, marginLeft: 8, marginRight: 8, marginTop: 4, marginBottom: 36 },
        x: { domain: [0, 100], label: "of one instance's capacity (%) →", ticks: 5 },
        y: { domain: levels.map(({ level }) => level), axis: null, paddingInner: 0.1 },
        color: { type: "identity" },
        opacity: { type: "identity" },
        marks: [
          barX(levels, { x1: 0, x2: 100, y: "level", insetTop: 17, fill: "currentColor", fillOpacity: 0.07 }),
          barX(
            levels.flatMap(({ level, tiles, of }, l) =>
              tiles.map((tile) => ({
                ...{ level, percent: (100 * tile.words) / of, color: levelColor(l) },
                strength: tensorStrength(tensors.indexOf(tile.tensor)),
                title: `${level} ${tile.tensor}: ${quantity(tile.words)} words, ${percent(tile.words / of)}`,
              })),
            ),
            { x: "percent", y: "level", insetTop: 17, fill: "color", fillOpacity: "strength", title: "title" },
          ),
          ...(levels.some(({ capacity }) => capacity !== null) ? [ruleX([100], { strokeOpacity: 0.4 })] : []),
          text(levels, {
            ...{ x: 0, y: "level", textAnchor: "start", lineAnchor: "top", dy: -ROW / 2 + 6, text: "label" },
          }),
        ],
      }),
  };
}

/** What a level holds of a layer: tiles and their words; an unlimited level is as large as what it holds. */
function levelTiles(layer: LayerFigures, { name, capacityWords, instances }: Architecture["levels"][number]) {
  const tiles = Object.entries(layer.levels[name]!.tensors).map(([tensor, figures]) => ({
    tensor,
    words: heldLevelWords(figures),
  }));
  const used = tiles.reduce((sum, { words }) => sum + words, 0);
  const times = instances > 1 ? `, ${quantity(instances)} times` : "";
  const label =
    capacityWords === null
      ? `${name}: ${quantity(used)} words, no limit`
      : `${name}: ${quantity(used)} of ${quantity(capacityWords)} words (${percent(used / capacityWords)})${times}`;
  return { level: name, tiles, capacity: capacityWords, of: capacityWords ?? used, label };
}
