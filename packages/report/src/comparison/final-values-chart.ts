import { axisX, axisY, dot, gridX, link, ruleX, text } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { logTicks } from "../numbers/log-ticks.js";
import { quantity, whole } from "../numbers/number-format.js";
import type { Comparison, Row } from "./comparison.js";
import { quotient, rowName } from "./comparison-table.js";
import { methodStyle } from "./method-style.js";
import { type Panel, panels } from "./panels.js";

/** Height of a method's line in pixels. */
const LINE = 20;
const CHARACTER = 6.2;
/** Machines are no methods: a colour of their own. */
const MACHINE = { color: levelColor(5), dashed: false };

/**
 * What every method ends with, and machines as they were built: medians, and bars from the best to the worst seed; a
 * panel per network.
 */
export function finalValuesChart({ networks: all, samples }: Comparison): Chart {
  const networks = all.filter(({ reference }) => reference !== null);
  const names = [...new Set(networks.flatMap(({ methods, machines }) => [...methods, ...machines].map(shortName)))];
  return {
    name: "final-values",
    title: `After ${whole(samples)} samples: multiples of the optimum`,
    legend: [],
    draw(width, document) {
      const { places, rows } = panels(networks, width);
      const marks = places.flatMap(panelRows);
      const most = Math.max(2, ...marks.map((mark) => mark.most));
      // Machines of other targets may be better than any of this one.
      const least = Math.min(1, ...marks.map((mark) => mark.least));
      const ticks = logTicks([least, most]).values;
      const longest = Math.max(...names.map((name) => name.length));
      const at = { fx: "fx", fy: "fy", y: "name" } as const;
      return renderPlot(document, "What every method ends with, as a multiple of the optimum", {
        ...{ width, height: 40 + (50 + LINE * names.length) * rows },
        ...{ marginLeft: 14 + CHARACTER * longest, marginRight: 48, marginTop: 28, marginBottom: 38 },
        x: { type: "log", domain: [least, most] },
        y: { domain: names, type: "point", padding: 0.6 },
        fx: { axis: null, padding: 0.1 },
        fy: { axis: null, padding: 0.16 },
        color: { type: "identity" },
        marks: [
          gridX(ticks, { strokeOpacity: 0.15 }),
          axisX(ticks, {
            label: "multiple of the optimum →",
            tickSize: 0,
            text: (value: number) => `${value}x`,
          }),
          axisY({ label: null, tickSize: 0 }),
          ruleX([1], { stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: "1.5 2.5" }),
          link(marks, {
            ...{ fx: "fx", fy: "fy", x1: "least", x2: "most", y1: "name", y2: "name", stroke: "color" },
            ...{ strokeWidth: 6, strokeOpacity: 0.35, strokeLinecap: "round" },
          }),
          dot(marks, { ...at, x: "median", r: 4, fill: "fill", stroke: "color", strokeWidth: 2, title: "title" }),
          text(marks, { ...at, x: "most", text: "label", textAnchor: "start", dx: 9 }),
          text(places, {
            ...{ fx: "fx", fy: "fy", frameAnchor: "top-left", dy: -18, fontWeight: 600, fontSize: 12 },
            text: ({ network: { workload, reference } }: Panel) =>
              reference!.kind === "certified" ? workload : `${workload}, of the best known`,
          }),
        ],
      });
    },
  };
}

/** Whatever a panel shows of its network. */
function panelRows({ network, fx, fy }: Panel) {
  const over = (value: number) => value / network.reference!.value;
  return [...network.methods, ...network.machines].flatMap((row) => {
    if (row.value === null) return [];
    const { median, least, most } = row.value;
    const { color, dashed } = row.machine === undefined ? methodStyle(row.method) : MACHINE;
    return [
      {
        ...{ fx, fy, name: shortName(row), median: over(median), least: over(least), most: over(most) },
        ...{ color, fill: dashed ? "var(--page)" : color, label: quotient(over(median)) },
        title: `${rowName(row)}: ${quantity(median)}, ${quotient(over(median))} times the reference`,
      },
    ];
  });
}

/** Without how a machine was mapped. */
function shortName({ method, machine }: Row): string {
  return machine ?? method;
}
