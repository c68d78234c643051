import type { Architecture } from "@loopnest/mapspace";
import { axisX, axisY, dot, gridX, gridY, line, text } from "@observablehq/plot";
import type { DesignFigures } from "../figures/figures.js";
import { type RooflinePoint, roofAt, roofline } from "../figures/roofline.js";
import { logTicks } from "../numbers/log-ticks.js";
import { percent, quantity, thousands } from "../numbers/number-format.js";
import { type Chart, renderPlot } from "./chart.js";
import { bottleneckNames, usedBottlenecks } from "./latency-chart.js";
import { levelColor } from "./palette.js";

/** Pixels that a character of a name takes, and a line. */
const CHARACTER = 6;
const LINE = 13;

/**
 * MACs a cycle over MACs per byte of the outermost level, under the hardware's roofs; dots are as large as their share
 * of latency.
 */
export function rooflineChart({
  result,
  architecture,
}: {
  readonly result: DesignFigures;
  readonly architecture: Architecture;
}): Chart {
  const model = roofline(result, architecture);
  const { points, level, peakMacsPerCycle, bytesPerCycle } = model;
  const names = bottleneckNames(result);
  const ridge = bytesPerCycle === null ? null : peakMacsPerCycle / bytesPerCycle;
  const intensities = [...points.map(({ macsPerByte }) => macsPerByte), ...(ridge === null ? [] : [ridge])];
  const domain = [Math.min(...intensities) / 2, Math.max(...intensities) * 2] as const;
  const floor = Math.min(...points.map(({ macsPerCycle }) => macsPerCycle), roofAt(model, domain[0])) / 2;
  const corners = [domain[0], ...(ridge === null ? [] : [ridge]), domain[1]];
  // Above the slanted roof there is room to the left, more of it further up; where it is too little, in the corner.
  const labelled = domain[0] * ((ridge ?? domain[0]) / domain[0]) ** 0.7;
  const roof = corners.map((x) => ({ x, y: roofAt(model, x) }));
  return {
    name: "roofline",
    title: "Roofline",
    legend: usedBottlenecks(result),
    draw(width, document) {
      const small = width < 500;
      const height = small ? 300 : 400;
      const scale = {
        x: (width - 74) / Math.log(domain[1] / domain[0]),
        y: (height - 58) / Math.log((2 * peakMacsPerCycle) / floor),
      };
      const bandwidth = `${level} ${quantity(bytesPerCycle ?? 0)} bytes a cycle`;
      const roomAbove = scale.x * Math.log(labelled / domain[0]) > CHARACTER * bandwidth.length;
      const named = namesWithRoom(points, scale, width - 74 - scale.x * Math.log(1 / domain[0]));
      const across = [...logTicks(domain, small ? 4 : 8).values];
      const up = [...logTicks([floor, peakMacsPerCycle * 2], small ? 4 : 8).values];
      return renderPlot(document, `Roofline: MACs a cycle over MACs per byte of ${level}`, {
        ...{ width, height, marginLeft: 50, marginRight: 24, marginTop: 28 },
        x: { type: "log", domain: [...domain], label: null, axis: null },
        y: { type: "log", domain: [floor, peakMacsPerCycle * 2], label: null, axis: null },
        r: { type: "identity" },
        color: { type: "identity" },
        marks: [
          gridX({ strokeOpacity: 0.12, ticks: across }),
          gridY({ strokeOpacity: 0.12, ticks: up }),
          axisX({ label: `MACs per byte to and from ${level} →`, ticks: across, text: thousands }),
          axisY({ label: "↑ MACs a cycle", ticks: up, text: thousands }),
          line(roof, { x: "x", y: "y", stroke: "currentColor", strokeWidth: 1.5 }),
          text([`${quantity(peakMacsPerCycle)} MAC units`], {
            ...{ x: domain[1], y: peakMacsPerCycle, textAnchor: "end", dy: -18, dx: -2 },
          }),
          ...(bytesPerCycle === null || roof.length < 3
            ? []
            : [
                text([bandwidth], {
                  ...(roomAbove
                    ? { x: labelled, y: roofAt(model, labelled), textAnchor: "end", dx: -8, dy: -4 }
                    : { x: domain[0], y: floor, textAnchor: "start", dx: 6, dy: -8 }),
                }),
              ]),
          dot(points, {
            ...{ x: "macsPerByte", y: "macsPerCycle", fillOpacity: 0.75, stroke: "currentColor", strokeOpacity: 0.5 },
            r: ({ latencyShare }: (typeof points)[number]) => 3 + 12 * Math.sqrt(latencyShare),
            fill: ({ bottleneck }: (typeof points)[number]) => levelColor(names.indexOf(bottleneck)),
            title: (point: (typeof points)[number]) =>
              `${point.name}: ${quantity(point.macsPerCycle)} MACs a cycle at ${quantity(point.macsPerByte)} ` +
              "MACs per byte, " +
              `${percent(point.macsPerCycle / roofAt(model, point.macsPerByte))} of the roof, set by ` +
              `${point.bottleneck}, ` +
              `${percent(point.latencyShare)} of the latency`,
          }),
          text(named, {
            ...{ x: "macsPerByte", y: "macsPerCycle", text: "name" },
            ...{ textAnchor: "start", dx: 12, dy: 10, stroke: "var(--page)", strokeWidth: 3, fill: "currentColor" },
          }),
        ],
      });
    },
  };
}

/**
 * Layers whose names are written beside their dots: the larger its share of latency the sooner, where there is room.
 *
 * @param scale Pixels for each e-fold.
 * @param right Right edge in pixels from an intensity of 1.
 */
function namesWithRoom(
  points: readonly RooflinePoint[],
  scale: { x: number; y: number },
  right: number,
): RooflinePoint[] {
  const taken: { x: number; y: number; width: number }[] = [];
  return [...points]
    .sort((a, b) => b.latencyShare - a.latencyShare)
    .filter(({ name, macsPerByte, macsPerCycle }) => {
      const box = {
        ...{ x: scale.x * Math.log(macsPerByte), y: scale.y * Math.log(macsPerCycle) },
        width: 16 + CHARACTER * name.length,
      };
      const free = taken.every(
        (other) => Math.abs(other.y - box.y) >= LINE || other.x + other.width <= box.x || box.x + box.width <= other.x,
      );
      if (free && box.x + box.width <= right) taken.push(box);
      return taken.includes(box);
    });
}
