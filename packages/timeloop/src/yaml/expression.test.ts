import { expect, it } from "vitest";
import { workOut } from "./expression.js";

const names = new Map([
  ["width", 256],
  ["datawidth", 8],
]);
const value = (text: string) => workOut(text, (name) => names.get(name));

it("is worked out as Python does, which Timeloop's front end is written in", () => {
  // 8 MB in rows of 256 bits
  expect(value("1024 * 1024 * 8 * 8 // width")).toBe(262144);
  expect(value("width / datawidth")).toBe(32);
  expect(value("2 ** 3 ** 2")).toBe(512);
  expect(value("-2 ** 2")).toBe(-4);
  expect(value("2 ** -1")).toBe(0.5);
  expect(value("-7 // 2")).toBe(-4);
  expect(value("-7 % 3")).toBe(2);
  expect(value("10 - 3 - 2")).toBe(5);
  expect(value("max(1, ceil(math.log2(width + 1)))")).toBe(9);
  expect(value(" (1e3 + .5) ")).toBe(1000.5);
});

it("is nothing where a name has no value, or where it is something else", () => {
  for (const text of ["LPDDR4", "45nm", "depth * 2", "1 / 0", "(1", "1 +", "2 3", "f(1)", "1 if width else 2", ""]) {
    expect(value(text), text).toBeUndefined();
  }
  expect(value("constructor(1)")).toBeUndefined();
  expect(value(`${"(".repeat(400)}1${")".repeat(400)}`)).toBeUndefined();
});
