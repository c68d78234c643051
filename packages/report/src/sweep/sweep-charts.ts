import { dot, gridX, gridY, line } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { quantity } from "../numbers/number-format.js";
import {
  SWEEP_FIGURES,
  type SweepDesign,
  type SweepFigure,
  type SweepFront,
  type SweepSummary,
} from "./sweep-design.js";

/** Most designs that a chart draws beside those of its fronts; of more, every so many. */
const MOST = 1500;

/** Two figures of all designs, both in equal ratios, and the front of every network. */
export function sweepFrontChart({ designs }: SweepSummary, { x, y, fronts }: SweepFront): Chart {
  const networks = [...fronts.keys()];
  const drawn = designs.filter((_, i) => i % Math.ceil(designs.length / MOST) === 0);
  const color = ({ workload }: SweepDesign) => levelColor(networks.indexOf(workload));
  return {
    name: `${x}-${y}`,
    title: `${SWEEP_FIGURES[y]} against ${SWEEP_FIGURES[x]}`,
    legend: networks.map((name, i) => ({ name, color: levelColor(i) })),
    draw: (width, document) =>
      renderPlot(document, `${SWEEP_FIGURES[y]} of the designs over their ${SWEEP_FIGURES[x]}`, {
        ...{ width, height: width < 500 ? 280 : 400, marginLeft: 64 },
        x: { type: "log", label: `${SWEEP_FIGURES[x]} →`, ticks: 5, tickFormat: "~g" },
        y: { type: "log", label: `↑ ${SWEEP_FIGURES[y]}`, ticks: 5, tickFormat: "~g" },
        marks: [
          gridX({ strokeOpacity: 0.12 }),
          gridY({ strokeOpacity: 0.12 }),
          dot(drawn, { x, y, r: 2, fill: color, fillOpacity: 0.4, title: designText }),
          ...networks.flatMap((name) => {
            const on = fronts.get(name)!;
            const stroke = levelColor(networks.indexOf(name));
            return [
              line(on, { x, y, stroke, strokeWidth: 2, curve: "step-after" }),
              dot(on, { x, y, r: 3.5, fill: stroke, stroke: "var(--page)", title: designText }),
            ];
          }),
        ],
      }),
  };
}

/** Every figure of every design on an axis of its own, from least (below) to most, in equal ratios; a line a design. */
export function parallelChart({ designs }: SweepSummary): Chart {
  const networks = [...new Set(designs.map(({ workload }) => workload))];
  const figures = Object.keys(SWEEP_FIGURES) as SweepFigure[];
  const drawn = designs.filter((_, i) => i % Math.ceil(designs.length / MOST) === 0);
  const places = new Map(
    figures.map((figure) => {
      const logs = designs.map((design) => Math.log(design[figure]));
      const [least, most] = logs.reduce(([a, b], log) => [Math.min(a, log), Math.max(b, log)], [Infinity, -Infinity]);
      return [
        figure,
        (design: SweepDesign) => (most > least ? (Math.log(design[figure]) - least) / (most - least) : 0),
      ];
    }),
  );
  const points = drawn.flatMap((design) =>
    figures.map((figure) => ({ design, figure: SWEEP_FIGURES[figure], place: places.get(figure)!(design) })),
  );
  return {
    name: "parallel",
    title: "All figures side by side",
    legend: networks.map((name, i) => ({ name, color: levelColor(i) })),
    draw: (width, document) =>
      renderPlot(document, "All figures of the designs, a line each", {
        ...{ width, height: width < 500 ? 260 : 360, marginLeft: 64, marginRight: 64 },
        x: { type: "point", domain: figures.map((figure) => SWEEP_FIGURES[figure]), label: null },
        y: { label: "least ← → most", ticks: 0, domain: [0, 1] },
        marks: [
          line(points, {
            ...{ x: "figure", y: "place", z: ({ design }: { design: SweepDesign }) => design.number },
            stroke: ({ design }: { design: SweepDesign }) => levelColor(networks.indexOf(design.workload)),
            ...{ strokeOpacity: 0.35, strokeWidth: 1 },
          }),
        ],
      }),
  };
}

function designText({ number, workload, target, method, value, unit, areaMm2, hardware }: SweepDesign): string {
  const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
  const figures = `${quantity(value)} ${unit}, ${quantity(areaMm2)} mm2`;
  return `search ${number}: ${workload} on ${target}, ${method}: ${sizes.join(", ")}: ${figures}`;
}
