import { axisX, axisY, dot, gridX, gridY, line, ruleX, text } from "@observablehq/plot";
import { type Chart, type PlotOptions, renderPlot } from "../charts/chart.js";
import { levelColor } from "../charts/palette.js";
import { percent, quantity } from "../numbers/number-format.js";
import { objectiveTitle } from "../run/run-objective.js";
import { type FoundSearch, type FrontResult, foundSearches } from "./front.js";
import { kneeOf } from "./knee.js";

type Mark = NonNullable<PlotOptions["marks"]>[number];

/** Pixels around a chart's frame. */
const LEFT = 64;
const TOP = 56;

/**
 * The objective over area, both in equal ratios: the front as steps, the designs that are not on it, and where nothing
 * fits any more.
 */
export function frontChart(front: FrontResult): Chart {
  const found = foundSearches(front.searches);
  const on = front.front.map((name) => found.find((search) => search.name === name)!);
  const off = found.filter(({ name }) => !front.front.includes(name));
  const sizes = Object.keys(front.smallest.hardware).join(" / ");
  const knee = on.filter(({ name }) => name === kneeOf(front));
  const named = objectiveTitle(front.objective.name);
  const certified = found.every(({ lowerBound }) => lowerBound !== undefined);
  const [least, most] = [Math.min(...found.map(areaOf)), Math.max(...found.map(areaOf))];
  const failed = front.searches.flatMap(({ design, limitMm2 }) => (design === null && limitMm2 ? [limitMm2] : []));
  const asked = front.minAreaMm2 ?? 0;
  const floor = Math.max(front.smallest.areaMm2, asked, ...failed);
  const designs = certified ? "best design within its area, proven" : "design on the front";
  return {
    name: "pareto",
    title: `${named} against area`,
    legend: [
      { name: `${designs}; labels: ${sizes}${knee.length > 0 ? "; circle: the knee" : ""}`, color: levelColor(0) },
      ...(off.length > 0 ? [{ name: "found, but not on the front", color: levelColor(6) }] : []),
      { name: floorName(floor), color: levelColor(1) },
    ],
    draw(width, document) {
      const narrow = width < 500;
      const end = most * (most / least) ** (narrow ? 0.12 : 0.06);
      const steps = [...on, { design: { ...on.at(-1)!.design, areaMm2: end } }];
      const point = { x: ({ design }: FoundSearch) => design.areaMm2, y: ({ design }: FoundSearch) => design.value };
      const marks: Mark[] = [
        gridX({ strokeOpacity: 0.12 }),
        gridY({ strokeOpacity: 0.12 }),
        axisX({ label: "area (mm2) →", ticks: narrow ? 4 : 8, text: axisNumber }),
        axisY({ label: `↑ ${named} (${front.unit})`, ticks: narrow ? 5 : 8, text: axisPower(found) }),
        ruleX([floor], { stroke: levelColor(1), strokeWidth: 1.5, strokeDasharray: "5 4" }),
        line(steps, {
          ...(point as object),
          curve: "step-after",
          stroke: levelColor(0),
          strokeWidth: 2,
          strokeLinejoin: "round",
        }),
        dot(off, { ...point, r: 3.5, stroke: levelColor(6), strokeWidth: 1.5, title: describe }),
        dot(on, { ...point, r: 4, fill: levelColor(0), stroke: "var(--page)", strokeWidth: 1, title: describe }),
        dot(knee, { ...point, r: 8, stroke: levelColor(0), strokeWidth: 1.5 }),
        ...(narrow ? [] : [labels(on, point)]),
      ];
      return renderPlot(document, `${named} of the best designs over their area`, {
        ...{ width, height: narrow ? 300 : 460, marginLeft: LEFT, marginRight: narrow ? 16 : 72, marginTop: TOP },
        marginBottom: 44,
        x: { type: "log", domain: [floor * (least / most) ** 0.03, end] },
        y: { type: "log" },
        marks,
      });
    },
  };

  function floorName(area: number): string {
    if (failed.includes(area)) return "nothing found within this area";
    return area === front.smallest.areaMm2 ? "no smaller hardware runs it" : "smallest area asked for";
  }

  function describe({ name, design, lowerBound }: FoundSearch): string {
    const hardware = Object.entries(design.hardware).map(([size, value]) => `${size} ${value}`);
    const gap =
      lowerBound === undefined ? "" : `, at most ${percent(Math.max(0, design.value / lowerBound - 1))} to gain`;
    const figures = `${quantity(design.areaMm2)} mm2, ${named} ${quantity(design.value)} ${front.unit}${gap}`;
    return `search ${name}: ${hardware.join(", ")}: ${figures}`;
  }
}

/**
 * Hardware of every design on the front, its sizes in the target's order, slanted so that neighbours do not cover each
 * other.
 */
function labels(on: readonly FoundSearch[], point: object): Mark {
  return text(on, {
    ...point,
    text: ({ design }: FoundSearch) => Object.values(design.hardware).join(" / "),
    ...{ rotate: -32, textAnchor: "start", dx: 5, dy: -6, fontSize: 10.5, fill: "currentColor" },
    ...{ stroke: "var(--page)", strokeWidth: 3 },
  });
}

function areaOf({ design }: FoundSearch): number {
  return design.areaMm2;
}

/** Numbers of a log axis that begin with 1, 2 or 5. */
function axisNumber(value: number): string {
  return beginsRound(value) ? String(Number(value.toPrecision(2))) : "";
}

/**
 * Numbers of a log axis: every tick where it spans little, those that begin with 1, 2 or 5 where it spans more, powers
 * of ten beyond.
 */
function axisPower(found: readonly FoundSearch[]): (value: number) => string {
  const values = found.map(({ design }) => design.value);
  const span = Math.max(...values) / Math.min(...values);
  return (value) => {
    if (span > 10 && !beginsRound(value)) return "";
    return value.toExponential(span > 3 ? 0 : 1).replace("e+", "e");
  };
}

function beginsRound(value: number): boolean {
  return [1, 2, 5].includes(Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toPrecision(3)));
}
