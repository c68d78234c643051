import { axisX, axisY, dot, gridX, link, ruleX, text } from "@observablehq/plot";
import { type Chart, renderPlot } from "../report/chart.js";
import { levelColor } from "../report/palette.js";
import { quantity } from "../terminal/number-format.js";
import type { Comparison, Row } from "./comparison.js";
import { quotient, rowName } from "./comparison-table.js";
import { methodStyle } from "./method-style.js";

const LINE = 20;

/** What every method ends with, and hand-made machines, a panel per network: medians, and lines from the best to the worst seed. */
export function finalValuesChart({ networks: all, samples }: Comparison): Chart {
  const networks = all.filter(({ reference }) => reference !== null);
  const names = [...new Set(networks.flatMap(({ methods, machines }) => [...methods, ...machines].map(shortName)))];
  return {
    name: "final-values",
    title: `After ${samples.toLocaleString("en-US")} samples: median and range over seeds, as multiples of the optimum`,
    legend: [],
    draw(width) {
      const columns = width < 500 || networks.length === 1 ? 1 : 2;
      const places = networks.map((network, i) => ({ network, fx: i % columns, fy: Math.floor(i / columns) }));
      const rows = places.flatMap(({ network, fx, fy }) =>
        [...network.methods, ...network.machines].flatMap((row) => {
          if (row.value === null) return [];
          const over = (value: number) => value / network.reference!.value;
          const { median, least, most } = row.value;
          return [
            {
              ...{ fx, fy, name: shortName(row), median: over(median), least: over(least), most: over(most) },
              color: row.machine === undefined ? methodStyle(row.method).color : levelColor(5),
              title: `${rowName(row)}: ${quantity(median)}, ${quotient(over(median))} times the reference`,
            },
          ];
        }),
      );
      const longest = Math.max(...names.map((name) => name.length));
      return renderPlot("What every method ends with", {
        ...{ width, height: 40 + (50 + LINE * names.length) * Math.ceil(places.length / columns) },
        ...{ marginLeft: 14 + 6.2 * longest, marginRight: 44, marginTop: 26, marginBottom: 36 },
        x: { type: "log" },
        y: { domain: names, type: "point", padding: 0.6 },
        fx: { axis: null, padding: 0.08 },
        fy: { axis: null, padding: 0.12 },
        color: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.1 }),
          axisX({ label: "multiple of the optimum →", ticks: 5, tickSize: 0, text: multiples }),
          axisY({ label: null, tickSize: 0 }),
          ruleX([1], { stroke: "currentColor", strokeDasharray: "1 2" }),
          link(rows, {
            ...{ fx: "fx", fy: "fy", x1: "least", x2: "most", y1: "name", y2: "name", stroke: "color" },
            ...{ strokeWidth: 5, strokeOpacity: 0.35, strokeLinecap: "round" },
          }),
          dot(rows, { fx: "fx", fy: "fy", x: "median", y: "name", r: 4, fill: "color", title: "title" }),
          text(rows, {
            ...{ fx: "fx", fy: "fy", x: "most", y: "name", textAnchor: "start", dx: 8 },
            text: ({ median }: (typeof rows)[number]) => quotient(median),
          }),
          text(places, {
            ...{ fx: "fx", fy: "fy", frameAnchor: "top-left", dy: -18, fontWeight: 600, fontSize: 12 },
            text: ({ network: { workload, reference } }: (typeof places)[number]) =>
              `${workload}${reference!.kind === "certified" ? "" : " (of the best known)"}`,
          }),
        ],
      });
    },
  };
}

/** Without how a machine was mapped. */
function shortName({ method, machine }: Row): string {
  return machine ?? method;
}

/** Ticks that begin with 1, 2 or 5. */
function multiples(value: number): string {
  const mantissa = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  return [1, 2, 5].includes(mantissa) ? `${value}x` : "";
}
