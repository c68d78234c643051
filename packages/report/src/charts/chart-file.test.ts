import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { type ChartDocument, renderPlot } from "./chart.js";
import { chartFile } from "./chart-file.js";
import { levelColor } from "./palette.js";

const { document } = parseHTML("<html></html>");

test("a chart's file has title and legend in it, in plain colours, and room for all of them", () => {
  const legend = Array.from({ length: 12 }, (_, i) => ({ name: `a long name of part ${i}`, color: levelColor(i) }));
  const draw = (width: number, document: ChartDocument) =>
    renderPlot(document, "nothing", { width, height: 100, marks: [] });
  const svg = chartFile({ name: "c", title: "Parts & pieces", legend, draw }, "run", document);
  expect(svg).toContain(">Parts &#38; pieces - run</text>");
  for (const { name } of legend) expect(svg).toContain(`>${name}</text>`);
  expect(svg).not.toMatch(/var\(--|currentColor/);
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!;
  const [, top] = /<svg x="\d+" y="(\d+)"/.exec(svg)!;
  expect(Number(height)).toBe(Number(top) + 100 + 16);
  const places = [...svg.matchAll(/<text x="(\d+(?:\.\d+)?)" y="(\d+)" font-size="12"[^>]*>([^<]*)/g)];
  expect(places).toHaveLength(12);
  for (const [, x, y, name] of places) {
    expect(Number(x) + 6.8 * name!.length).toBeLessThan(Number(width));
    expect(Number(y)).toBeLessThan(Number(top));
  }
});
