import { gridY, rect, ruleY, text } from "@observablehq/plot";
import { type Chart, type LegendEntry, renderPlot } from "../charts/chart.js";
import { levelColor, tensorStrength } from "../charts/palette.js";
import type { RunSegment } from "../figures/run-fusion.js";
import { quantity, thousands } from "../numbers/number-format.js";
import type { RunResult } from "../run/run-result.js";
import { namesOf } from "./fusion-tables.js";

const PARTS: readonly LegendEntry[] = [
  { name: "kept throughout", color: levelColor(0), strength: tensorStrength(0) },
  { name: "handed from layer to layer", color: levelColor(1), strength: tensorStrength(0) },
  { name: "halos kept for later", color: levelColor(1), strength: tensorStrength(2) },
  { name: "the running layer's own", color: levelColor(2), strength: tensorStrength(0) },
];

/** What the home holds while each layer of a segment runs, in one turn of the shared loops; widths are times. */
export function occupancyChart(segment: RunSegment, result: RunResult, index: number): Chart {
  const { words, layers: places } = segment;
  const { home, capacityWords } = result.fusion!;
  const names = namesOf(segment, result.layers);
  const cycles = places.map((i) => result.layers[i]!.latencyCycles);
  const steps = cycles.map((_, k) => {
    const before = cycles.slice(0, k).reduce((sum, own) => sum + own, 0);
    const handed = words.held.reduce((sum, own, e) => sum + (e === k || e === k - 1 ? own : 0), 0);
    const halos = words.halo.reduce((sum, own, e) => sum + (e === k || e === k - 1 ? 0 : own), 0);
    return { from: before, to: before + cycles[k]!, parts: [words.above, handed, halos, words.running[k]!] };
  });
  const pieces = steps.flatMap(({ from, to, parts }, k) =>
    parts.map((own, p) => {
      const low = parts.slice(0, p).reduce((sum, other) => sum + other, 0);
      const { name, color, strength } = PARTS[p]!;
      const title = `${names[k]}, ${name}: ${quantity(own)} words`;
      return { ...{ from, to, low, high: low + own, color, strength, title } };
    }),
  );
  const used = PARTS.filter((_, p) => steps.some(({ parts }) => parts[p]! > 0));
  return {
    name: `occupancy-${index + 1}`,
    title: `Words in ${home}: ${names.join(" > ")}`,
    legend: used,
    draw: (width, document) =>
      renderPlot(document, `Words that ${home} holds while each layer runs, against its capacity`, {
        ...{ width, height: width < 500 ? 220 : 240, marginLeft: 56, marginRight: 24, marginTop: 28 },
        x: { label: "cycles, one execution of all layers →", ticks: width < 500 ? 4 : 8, tickFormat: thousands },
        y: { label: `↑ words in ${home}`, tickFormat: thousands, zero: true },
        color: { type: "identity" },
        opacity: { type: "identity" },
        marks: [
          gridY({ strokeOpacity: 0.15 }),
          rect(
            pieces.filter(({ low, high }) => high > low),
            {
              ...{ x1: "from", x2: "to", y1: "low", y2: "high", fill: "color", fillOpacity: "strength" },
              ...{ title: "title", inset: 0.5 },
            },
          ),
          ...(capacityWords === null
            ? []
            : [
                ruleY([capacityWords], { stroke: "currentColor", strokeDasharray: "4,3" }),
                text([capacityWords], {
                  ...{ y: (own: number) => own, frameAnchor: "right", textAnchor: "end", dy: -6 },
                  text: (own: number) => `capacity ${quantity(own)}`,
                }),
              ]),
        ],
      }),
  };
}
