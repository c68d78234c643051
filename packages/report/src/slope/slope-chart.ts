import { axisX, axisY, dot, gridY, lineY } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { logTicks, padded } from "../numbers/log-ticks.js";
import { quantity } from "../numbers/number-format.js";
import type { FusionSlope } from "./slope.js";

/** Buffer size against words of DRAM, layer by layer and fused: the ski slope. */
export function slopeChart({ size, points }: FusionSlope): Chart {
  const sorted = [...points].sort((a, b) => a.value - b.value);
  const lines = (
    [
      ["layer by layer", "apart"],
      ["fused", "fused"],
    ] as const
  ).map(([name, kind], i) => ({
    ...{ name, color: levelColor(i) },
    points: sorted.map((point) => ({ value: point.value, words: point[kind].outermostWords })),
  }));
  const ticks = logTicks(padded(lines.flatMap((line) => line.points.map(({ words }) => words))));
  return {
    name: "slope",
    title: `Words of DRAM by ${size}`,
    legend: lines.map(({ name, color }) => ({ name, color })),
    draw: (width, document) =>
      renderPlot(document, `Words of DRAM over ${size}, layer by layer and fused`, {
        ...{ width, height: width < 500 ? 260 : 340, marginLeft: 60, marginRight: 24 },
        x: { type: "log", domain: [sorted[0]!.value * 0.9, sorted.at(-1)!.value * 1.1] },
        y: { type: "log", domain: [...padded(lines.flatMap((line) => line.points.map(({ words }) => words)))] },
        marks: [
          axisX({
            label: `${size} →`,
            ticks: sorted.map(({ value }) => value),
            text: (value: number) => String(value),
          }),
          axisY({ label: "↑ words of DRAM", ticks: [...ticks.values], text: ticks.text }),
          gridY({ strokeOpacity: 0.15, ticks: [...ticks.values] }),
          ...lines.flatMap(({ name, color, points: own }) => [
            lineY(own, { x: "value", y: "words", stroke: color, strokeWidth: 2 }),
            dot(own, {
              ...{ x: "value", y: "words", r: 3, fill: color },
              title: ({ value, words }: (typeof own)[number]) => `${name}, ${size} ${value}: ${quantity(words)} words`,
            }),
          ]),
        ],
      }),
  };
}
