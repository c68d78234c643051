import { describe, expect, it } from "vitest";
import { passes, type Sloped } from "./soft-ceiling.js";

const out: Sloped = { value: 0, slope: 0 };
const at = (x: number, exact = false) => {
  passes(x, exact, out);
  return { ...out };
};

describe("passes over the array", () => {
  it("is the ceiling, at least 1", () => {
    expect([0.1, 1, 1.01, 1.5, 2, 7.2].map((x) => at(x, true).value)).toEqual([1, 1, 2, 2, 2, 8]);
    expect([0.1, 1, 1.25, 1.5, 2, 7.9].map((x) => at(x).value)).toEqual([1, 1, 2, 2, 2, 8]);
  });

  it("has the slope of its smooth form, without jumps", () => {
    for (let x = 0.9; x < 4; x += 0.0137) {
      const h = 1e-6;
      expect(at(x).slope).toBeCloseTo((at(x + h).value - at(x - h).value) / (2 * h), 3);
      expect(Math.abs(at(x + h).value - at(x - h).value)).toBeLessThan(2e-5);
    }
  });
});
