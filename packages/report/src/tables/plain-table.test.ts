import { expect, test } from "vitest";
import { plainTable } from "./plain-table.js";

const columns = [{ title: "layer" }, { title: "count", align: "right" }, { title: "loop nest", wraps: true }] as const;

test("columns as wide as they need, numbers to the right", () => {
  expect(
    plainTable(columns, [
      ["conv", "12", "DRAM K4"],
      ["fully-connected", "1", "DRAM K4 P7"],
    ]).split("\n"),
  ).toEqual([
    "layer            count  loop nest",
    "conv                12  DRAM K4",
    "fully-connected      1  DRAM K4 P7",
  ]);
});

test("names are cut where nothing can wrap", () => {
  const two = [{ title: "layer" }, { title: "count", align: "right" }] as const;
  const lines = plainTable(two, [["a-very-long-name-of-a-layer", "12"]], 24).split("\n");
  expect(lines[1]).toBe("a-very-l…-a-layer     12");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(24);
});

test("one column gives way to the width of the terminal, down to what can be read", () => {
  const text = "DRAM K4 P7 | Scratchpad K16x | Accumulator Q14";
  const lines = plainTable(columns, [["conv", "12", text]], 40).split("\n");
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  expect(
    lines
      .slice(1)
      .map((line) => line.slice(14).trim())
      .join(" "),
  ).toBe(text);
});

test("titles and texts are parted between words before a name is cut: names are there to be typed", () => {
  const wide = [{ title: "layer" }, { title: "waits for" }, { title: "over the next", align: "right" }] as const;
  const rows = [["mobilenetv2-0.75", "Accumulator shared port", "1.03 x"]];
  const lines = plainTable(wide, rows, 40).split("\n");
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  expect(lines.join("\n")).toMatch(/mobilenetv2-0\.75/);
  expect(lines.join("\n")).toMatch(/1\.03 x/);
});
