import { expect, test } from "vitest";
import { logTicks, padded } from "./log-ticks.js";

test.each<[range: [number, number], texts: string[]]>([
  [
    [0.45, 3000],
    ["5e-1", "1e0", "2e0", "5e0", "1e1", "2e1", "5e1", "1e2", "2e2", "5e2", "1e3", "2e3"],
  ],
  [
    [3, 4e5],
    ["1e1", "1e2", "1e3", "1e4", "1e5"],
  ],
  [
    [6.4e10, 9.8e10],
    ["6.5e10", "7.0e10", "7.5e10", "8.0e10", "8.5e10", "9.0e10", "9.5e10"],
  ],
])("ticks of %j", ([low, high], texts) => {
  const { values, text } = logTicks([low, high]);
  expect(values.map(text)).toEqual(texts);
  for (const value of values) expect(value >= low && value <= high).toBe(true);
});

test("a range of one value has room, too", () => {
  const [low, high] = padded([5, 5]);
  expect(low).toBeLessThan(5);
  expect(high).toBeGreaterThan(5);
});
