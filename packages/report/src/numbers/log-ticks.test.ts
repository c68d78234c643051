import { expect, test } from "vitest";
import { logTicks } from "./log-ticks.js";

test("ticks of a log axis", () => {
  expect(logTicks(1, 50, [1, 2, 5])).toEqual([1, 2, 5, 10, 20, 50]);
  expect(logTicks(0.02, 30, [1])).toEqual([0.1, 1, 10]);
  expect(logTicks(0.3, 3, [1, 3])).toEqual([0.3, 1, 3]);
  expect(logTicks(24, 80, [1])).toEqual([]);
});
