import { dot } from "@observablehq/plot";
import { DOMParser, parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { renderPlot } from "./chart.js";
import { chartFile } from "./chart-file.js";

const { document } = parseHTML("<html></html>");

test.each(["a<b", "R&D", 'say "x"', "</svg><script>alert(1)</script>", "a\u001b[2J\u0000b", "\ud83d"])(
  "a name such as %j stands in a chart's tips and labels as it is, and ends nothing",
  (name) => {
    const points = [{ x: 1, y: name, title: `${name}: 1` }];
    const draw = () => renderPlot(document, name, { marks: [dot(points, { x: "x", y: "y", title: "title" })] });
    const svg = chartFile({ name: "c", title: name, legend: [{ name, color: "red" }], draw }, name, document);
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    const shown = name
      .replace("\u001b", "␛")
      .replace("\u0000", "␀")
      .replace(/^\ud83d$/, "\ufffd");
    const texts = [...parsed.querySelectorAll("title, text")].map(({ textContent }) => textContent);
    expect(texts).toEqual(expect.arrayContaining([`${shown}: 1`, shown, `${shown} - ${shown}`]));
    expect(parsed.querySelectorAll("script")).toHaveLength(0);
    expect(parsed.querySelectorAll("svg")).toHaveLength(2);
  },
);
