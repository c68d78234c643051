import { barX, gridX, ruleX } from "@observablehq/plot";
import type { Elasticity } from "../figures/elasticities.js";
import type { RunView } from "../run/run-view.js";
import { latencyBy } from "../terminal/elasticity-lines.js";
import { type Chart, renderPlot } from "./chart.js";
import { layerAxis } from "./layer-axis.js";
import { levelColor } from "./palette.js";

const TOTALS = [
  { name: "energy", color: levelColor(1), of: ({ energy }: Elasticity) => energy },
  { name: "latency", color: levelColor(0), of: ({ latency }: Elasticity) => latency },
] as const;

/** Elasticities of EDP, split into those of energy and latency; `null` if nothing has any effect. */
export function elasticityChart({
  elasticities: rows,
  result,
}: Pick<RunView, "elasticities" | "result">): Chart | null {
  if (rows.every(({ edp, energy, latency }) => edp === 0 && energy === 0 && latency === 0)) return null;
  return {
    name: "elasticities",
    title: `What EDP turns on${latencyBy(result)}`,
    legend: TOTALS.map(({ name, color }) => ({ name: `by ${name}`, color })),
    draw(width, document) {
      const axis = layerAxis(
        rows.map(({ name }) => name),
        width,
      );
      const bars = rows.flatMap((row, i) =>
        TOTALS.map(({ name, color, of }) => ({
          row: axis.labels[i]!,
          value: of(row),
          color,
          title:
            `1 % more ${row.name}: ${signed(of(row))} % ${name}, ${signed(row.edp)} % EDP; 1 % less: ` +
            `${signed(row.edpOfLess)} % EDP`,
        })),
      );
      return renderPlot(document, "Elasticity of EDP to sizes, energies and bandwidths", {
        ...axis.frame,
        x: { label: "change of EDP (%) for 1 % more →", nice: true, ticks: width < 500 ? 4 : 8 },
        color: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.15 }),
          barX(bars, { x: "value", y: "row", fill: "color", title: "title" }),
          ruleX([0]),
        ],
      });
    },
  };
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(3)}`;
}
