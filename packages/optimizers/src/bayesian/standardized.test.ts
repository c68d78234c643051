import { describe, expect, it } from "vitest";
import { standardized } from "./standardized.js";

describe("standardized", () => {
  it("gives mean 0 and variance 1", () => {
    const values = standardized([1, 2, 3, 4]);
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 12);
  });

  it("cuts off what is far worse than the median, and Infinity", () => {
    // Median 2, least 1: cut at 4.
    const values = standardized([1, 2, 2, 100, Number.POSITIVE_INFINITY]);
    expect(values[3]).toBe(values[4]);
    expect([...values]).toEqual([...standardized([1, 2, 2, 4, 4])]);
  });

  it("takes the worst finite value where most are infinite", () => {
    expect([...standardized([3, Infinity, 5, Infinity, Infinity])]).toEqual([...standardized([3, 5, 5, 5, 5])]);
  });

  it("leaves equal values at 0", () => {
    expect([...standardized([2, 2])]).toEqual([0, 0]);
  });
});
