import { areaY, axisX, axisY, dot, gridX, gridY, lineY, ruleY, text } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { logTicks } from "../numbers/log-ticks.js";
import { quantity } from "../numbers/number-format.js";
import { type BandPoint, band } from "./best-so-far.js";
import type { ComparedRun, Comparison, NetworkComparison } from "./comparison.js";
import { DASHES, methodStyle } from "./method-style.js";
import { panels } from "./panels.js";

/** What best values are drawn against. */
export type Against = "samples" | "seconds";

const AXES: Readonly<Record<Against, string>> = {
  samples: "samples (evaluations of the network)",
  seconds: "seconds of one thread",
};
/** Height of a panel in pixels. */
const PANEL = 250;
/** Before these nothing is drawn: earlier seconds are the clock's noise. */
const LEAST: Readonly<Record<Against, number>> = { samples: 1, seconds: 0.01 };
/** Multiples of the reference that are drawn: what searches begin with would press all else flat. */
export const MOST_DRAWN = 50;
const LEAST_DRAWN = 0.94;

/** A method on one network: median and range over seeds, as multiples of the reference. */
interface MethodBand {
  readonly method: string;
  readonly fx: number;
  readonly fy: number;
  readonly points: readonly BandPoint[];
}

/**
 * Best values so far of all methods, a panel per network: lines are medians over seeds, bands go from the best to the
 * worst seed.
 */
export function convergenceBandsChart(compared: Comparison, runs: readonly ComparedRun[], against: Against): Chart {
  const { seeds } = compared;
  const networks = compared.networks.filter(({ reference }) => reference !== null);
  const methods = [...new Set(networks.flatMap((network) => network.methods.map(({ method }) => method)))];
  return {
    name: `best-so-far-against-${against}`,
    title: `Best so far against ${against}: ${seeds === 1 ? "one seed" : `median and range over ${seeds} seeds`}`,
    legend: methods.map((method) => ({ name: method, ...methodStyle(method) })),
    draw(width, document) {
      const { places, rows } = panels(networks, width);
      const bands = places.flatMap(({ network, fx, fy }) =>
        methods.flatMap((method): MethodBand[] => {
          const points = methodBand(network, method, runs, against);
          return points.length === 0 ? [] : [{ method, fx, fy, points }];
        }),
      );
      const [from, to] = drawnRange(bands);
      const most = Math.min(MOST_DRAWN, Math.max(2, ...bands.flatMap(({ points }) => points.map((p) => p.most))));
      const acrossTicks = logTicks([from, to]).values;
      const upTicks = logTicks([1, most]).values;
      return renderPlot(document, `Best value so far against ${against}`, {
        ...{ width, height: 40 + PANEL * rows, marginLeft: 40, marginRight: 14, marginTop: 28, marginBottom: 38 },
        x: { type: "log", domain: [from, to] },
        y: { type: "log", domain: [LEAST_DRAWN, most] },
        fx: { axis: null, padding: 0.08 },
        fy: { axis: null, padding: 0.16 },
        marks: [
          gridX(acrossTicks, { strokeOpacity: 0.15 }),
          gridY(upTicks, { strokeOpacity: 0.15 }),
          axisX(acrossTicks, { label: `${AXES[against]} →`, text: across, tickSize: 0 }),
          axisY(upTicks, { label: null, text: (value: number) => `${value}x`, tickSize: 0 }),
          ruleY([1], { stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: "1.5 2.5" }),
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
  const shared = { fx: () => fx, fy: () => fy, x: "at", clip: true } as const;
  const line = { y: "median", curve: "step-after", stroke: color, strokeLinejoin: "round" } as const;
  const end = points.slice(-1).filter(({ median }) => median <= MOST_DRAWN);
  return [
    areaY(points, { ...shared, y1: "least", y2: "most", curve: "step-after", fill: color, fillOpacity: 0.14 }),
    lineY(points, {
      ...{ ...shared, ...line, strokeWidth: method === "descent" ? 2.75 : 1.75 },
      ...(dashed && { strokeDasharray: DASHES }),
    }),
    dot(end, { ...shared, clip: false, y: "median", r: 3, fill: color, title: () => method }),
  ];
}

function methodBand(
  { workload, reference }: NetworkComparison,
  method: string,
  runs: readonly ComparedRun[],
  by: Against,
) {
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

/** From where the first method comes into view to where the last one ends. */
function drawnRange(bands: readonly MethodBand[]): [from: number, to: number] {
  const points = bands.map(({ points }) => points);
  const entries = points.flatMap((own) => own.find(({ median }) => median <= MOST_DRAWN)?.at ?? []);
  const to = Math.max(...points.map((own) => own.at(-1)!.at));
  return [Math.min(...entries, to / 10), to];
}

function panelTitle({ unit }: Comparison, { workload, reference }: NetworkComparison): string {
  const { kind, value } = reference!;
  return `${workload}: 1x = ${quantity(value)} ${unit}, ${kind}`;
}

function across(value: number): string {
  return value >= 1e5 ? value.toExponential(0).replace("e+", "e") : value.toLocaleString("en-US");
}
