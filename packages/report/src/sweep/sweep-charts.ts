import { dot, gridX, gridY, line, text } from "@observablehq/plot";
import { type Chart, renderPlot } from "../charts/chart.js";
import { quantity } from "../numbers/number-format.js";
import {
  SWEEP_FIGURES,
  SWEEP_PAIRS,
  type SweepDesign,
  type SweepFigure,
  type SweepGroup,
  type SweepSummary,
} from "./sweep-design.js";
import { groupLook, sweepLegend, sweepNames } from "./sweep-look.js";

/** Two figures of all designs, both in equal ratios, and the front of every network on every target. */
export function sweepFrontChart(sweep: SweepSummary, pair: number): Chart {
  const [x, y] = SWEEP_PAIRS[pair]!;
  return {
    name: `${x}-${y}`,
    title: `${SWEEP_FIGURES[y]} against ${SWEEP_FIGURES[x]}`,
    legend: sweepLegend(sweep),
    draw: (width, document) =>
      renderPlot(document, `${SWEEP_FIGURES[y]} of the designs over their ${SWEEP_FIGURES[x]}`, {
        ...{ width, height: width < 500 ? 280 : 400, marginLeft: 64 },
        ...axes(x, y, 5),
        marks: [
          gridX({ strokeOpacity: 0.12 }),
          gridY({ strokeOpacity: 0.12 }),
          ...sweep.groups.flatMap((group) => groupMarks(sweep, group, pair, 3.5)),
        ],
      }),
  };
}

/** The same of one network, small, with the axes of all: networks can be held against each other. */
export function networkChart(sweep: SweepSummary, network: string, pair: number): Chart {
  const [x, y] = SWEEP_PAIRS[pair]!;
  const domain = (figure: SweepFigure) => rangeOf(sweep.groups.flatMap(drawnOf), figure);
  return {
    name: `network-${sweepNames(sweep).networks.indexOf(network)}-${x}-${y}`,
    title: network,
    legend: [],
    draw: (width, document) =>
      renderPlot(document, `${network}: ${SWEEP_FIGURES[y]} of the designs over their ${SWEEP_FIGURES[x]}`, {
        ...{ width, height: Math.round(0.75 * width), marginLeft: 56 },
        x: { ...axes(x, y, 3).x, domain: domain(x) },
        y: { ...axes(x, y, 3).y, domain: domain(y) },
        marks: sweep.groups
          .filter(({ workload }) => workload === network)
          .flatMap((group) => groupMarks(sweep, group, pair, 2.5)),
      }),
  };
}

function axes(x: SweepFigure, y: SweepFigure, ticks: number) {
  const log = { type: "log", ticks, tickFormat: "~g" } as const;
  return { x: { ...log, label: `${SWEEP_FIGURES[x]} →` }, y: { ...log, label: `↑ ${SWEEP_FIGURES[y]}` } };
}

function groupMarks(sweep: SweepSummary, group: SweepGroup, pair: number, r: number) {
  const { color, symbol, dash, className } = groupLook(sweep, group);
  const { x, y, designs: front } = group.fronts[pair]!;
  return [
    dot(group.designs, { x, y, r: 2, fill: color, fillOpacity: 0.4, symbol, className }),
    line(front, { x, y, stroke: color, strokeDasharray: dash, strokeWidth: 2, curve: "step-after", className }),
    dot(front, { x, y, r, fill: color, stroke: "var(--page)", symbol, className, title: designText, href: pageOf }),
  ];
}

/** Titles of figures on lines so short that four stand side by side on a phone. */
const FIGURE_LINES: Readonly<Record<SweepFigure, readonly string[]>> = {
  areaMm2: ["area", "(mm2)"],
  energyUj: ["energy", "(uJ)"],
  latencyCycles: ["latency", "(cycles)"],
  edp: ["energy x delay", "(uJ x cycles)"],
};

/** Every figure of every design on an axis of its own, from least (below) to most, in equal ratios; a line a design. */
export function parallelChart(sweep: SweepSummary): Chart {
  const figures = Object.keys(SWEEP_FIGURES) as SweepFigure[];
  const all = sweep.groups.flatMap(({ designs }) => designs);
  const ranges = new Map(figures.map((figure) => [figure, rangeOf(all, figure)]));
  const placeOf = (design: SweepDesign, figure: SweepFigure) => {
    const [least, most] = ranges.get(figure)!;
    return most > least ? Math.log(design[figure] / least) / Math.log(most / least) : 0;
  };
  const bound = (figure: SweepFigure, end: 0 | 1) => quantity(ranges.get(figure)![end]);
  const ends = [
    text(figures, {
      x: (figure) => figure,
      y: 1,
      dy: -8,
      lineAnchor: "bottom",
      text: (figure: SweepFigure) => bound(figure, 1),
    }),
    text(figures, {
      ...{ x: (figure) => figure, y: 0, dy: 8, lineAnchor: "top" },
      text: (figure: SweepFigure) => [bound(figure, 0), ...FIGURE_LINES[figure]].join("\n"),
    }),
  ];
  return {
    name: "parallel",
    title: "All figures side by side",
    legend: sweepLegend(sweep),
    draw: (width, document) =>
      renderPlot(document, "All figures of the designs, a line each", {
        ...{ width, height: width < 500 ? 280 : 360, marginLeft: 64, marginRight: 64, marginTop: 24, marginBottom: 48 },
        x: { type: "point", domain: figures, padding: 0.1, axis: null },
        y: { axis: null, domain: [0, 1] },
        marks: [
          ...sweep.groups.map((group) => {
            const { color, className } = groupLook(sweep, group);
            const points = group.designs.flatMap((design) =>
              figures.map((figure) => ({
                of: design.number,
                figure,
                place: placeOf(design, figure),
              })),
            );
            const look = { stroke: color, strokeOpacity: 0.35, strokeWidth: 1, className };
            return line(points, { ...{ x: "figure", y: "place", z: "of" }, ...look });
          }),
          ...ends,
        ],
      }),
  };
}

function drawnOf({ designs, fronts }: SweepGroup): SweepDesign[] {
  return [...designs, ...fronts.flatMap((front) => front.designs)];
}

function rangeOf(designs: readonly SweepDesign[], figure: SweepFigure): [number, number] {
  return designs.reduce<[number, number]>(
    ([least, most], { [figure]: value }) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** The page of a design's run folder, if that is kept. */
function pageOf({ to }: SweepDesign): string | undefined {
  return to;
}

function designText({ number, workload, target, method, value, unit, areaMm2, hardware }: SweepDesign): string {
  const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
  const figures = `${quantity(value)} ${unit}, ${quantity(areaMm2)} mm2`;
  return `search ${number}: ${workload} on ${target}, ${method}: ${sizes.join(", ")}: ${figures}`;
}
