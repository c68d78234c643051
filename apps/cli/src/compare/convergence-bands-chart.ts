import { areaY, axisX, axisY, dot, gridX, gridY, lineY, ruleY, text } from "@observablehq/plot";
import { type Chart, renderPlot } from "../report/chart.js";
import { quantity } from "../terminal/number-format.js";
import { type BandPoint, band } from "./best-so-far.js";
import type { Comparison, NetworkComparison } from "./comparison.js";
import type { KeptRun } from "./kept-run-file.js";
import { DASHES, methodStyle } from "./method-style.js";

/** What best values are drawn against. */
export type Against = "samples" | "seconds";

const AXES: Readonly<Record<Against, string>> = {
  samples: "samples (evaluations of the network)",
  seconds: "seconds of one thread",
};
const ROW = 250;
/** Seconds before which nothing is drawn: what comes earlier is the clock's noise. */
const LEAST = { samples: 1, seconds: 0.01 } as const;

/** A method on one network: median and range over seeds, as multiples of the reference. */
interface MethodBand {
  readonly method: string;
  readonly fx: number;
  readonly fy: number;
  readonly points: readonly BandPoint[];
}

/** Best values so far of all methods, a panel per network: lines are medians over seeds, bands go from the best to the worst seed. */
export function convergenceBandsChart(compared: Comparison, runs: readonly KeptRun[], against: Against): Chart {
  const networks = compared.networks.filter(({ reference }) => reference !== null);
  const methods = [...new Set(networks.flatMap((network) => network.methods.map(({ method }) => method)))];
  return {
    name: `best-so-far-against-${against}`,
    title: `Best so far against ${against}: median and range over ${compared.seeds} seeds`,
    legend: methods.map((method) => ({ name: method, ...methodStyle(method) })),
    draw(width) {
      const columns = width < 500 || networks.length === 1 ? 1 : 2;
      const places = networks.map((network, i) => ({ network, fx: i % columns, fy: Math.floor(i / columns) }));
      const bands = places.flatMap(({ network, fx, fy }) =>
        methods.flatMap((method): MethodBand[] => {
          const points = methodBand(network, method, runs, against);
          return points.length === 0 ? [] : [{ method, fx, fy, points }];
        }),
      );
      return renderPlot(`Best value so far against ${against}`, {
        ...{ width, height: 50 + ROW * Math.ceil(places.length / columns), marginLeft: 46, marginRight: 12 },
        ...{ marginTop: 26, marginBottom: 40 },
        x: { type: "log", nice: false },
        y: { type: "log" },
        fx: { axis: null, padding: 0.08 },
        fy: { axis: null, padding: 0.16 },
        marks: [
          gridX({ strokeOpacity: 0.1, ticks: 4 }),
          gridY({ strokeOpacity: 0.1 }),
          axisX({ label: `${AXES[against]} →`, text: powers, ticks: 5, tickSize: 0 }),
          axisY({ label: null, text: multiples, tickSize: 0 }),
          ruleY([1], { stroke: "currentColor", strokeDasharray: "1 2" }),
          ...bands.flatMap(bandMarks),
          text(places, {
            ...{ fx: "fx", fy: "fy", frameAnchor: "top-left", dy: -18, fontWeight: 600, fontSize: 12 },
            text: ({ network }: (typeof places)[number]) => panelTitle(compared, network),
          }),
        ],
      });
    },
  };
}

function bandMarks({ method, fx, fy, points }: MethodBand) {
  const { color, dashed } = methodStyle(method);
  const place = { fx: () => fx, fy: () => fy };
  const dashes = dashed ? { strokeDasharray: DASHES } : {};
  return [
    areaY(points, { ...place, x: "at", y1: "least", y2: "most", curve: "step-after", fill: color, fillOpacity: 0.15 }),
    lineY(points, {
      ...{ ...place, ...dashes, x: "at", y: "median", curve: "step-after", stroke: color },
      strokeWidth: method === "descent" ? 2.5 : 1.5,
    }),
    dot(points.slice(-1), { ...place, x: "at", y: "median", r: 2.5, fill: color, title: () => method }),
  ];
}

function methodBand({ workload, reference }: NetworkComparison, method: string, runs: readonly KeptRun[], by: Against) {
  const own = runs.filter((run) => run.role === "method" && run.workload === workload && run.method === method);
  const courses = own.map((run) => ({
    improvements: run.convergence.map((point) => ({
      at: Math.max(LEAST[by], point[by]),
      value: point.value / reference!.value,
    })),
    end: Math.max(LEAST[by], run[by]),
  }));
  return band(courses);
}

function panelTitle({ unit }: Comparison, { workload, reference }: NetworkComparison): string {
  const { kind, value } = reference!;
  return `${workload}: multiples of ${kind === "certified" ? "the certified optimum" : "the best known"}, ${quantity(value)} ${unit}`;
}

/** Powers of ten only. */
function powers(value: number): string {
  const exponent = Math.log10(value);
  if (Math.abs(exponent - Math.round(exponent)) > 1e-9) return "";
  return value >= 1e5 ? `1e${Math.round(exponent)}` : String(value);
}

/** Ticks that begin with 1, 2 or 5. */
function multiples(value: number): string {
  const mantissa = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  return [1, 2, 5].includes(mantissa) ? `${value}x` : "";
}
