import { describe, expect, it } from "vitest";
import { evaluateCubic, monotoneCubic } from "./monotone-cubic.js";

const value = (cubic: ReturnType<typeof monotoneCubic>, x: number) => evaluateCubic(cubic, x).value;

describe("monotoneCubic", () => {
  const cubic = monotoneCubic(2, 0.5, [1, 1, 3, 4, 10, 10.5], 2);

  it("goes through every knot", () => {
    [1, 1, 3, 4, 10, 10.5].forEach((y, i) => {
      expect(value(cubic, 2 + 0.5 * i)).toBeCloseTo(y, 12);
    });
  });

  it("is the straight line through points on one, but for its flat start", () => {
    const line = monotoneCubic(0, 1, [0, 2, 4, 6, 8], 2);
    for (const x of [1.1, 1.5, 2.9, 3.7, 4, 6]) expect(value(line, x)).toBeCloseTo(2 * x, 12);
  });

  it("never falls, and stays between neighbouring knots", () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let x = 1; x < 6; x += 0.01) {
      const y = value(cubic, x);
      expect(y).toBeGreaterThanOrEqual(before - 1e-12);
      before = y;
    }
  });

  it("has a continuous derivative that is its own finite difference", () => {
    for (let x = 1.513; x < 5; x += 0.0371) {
      const derivative = evaluateCubic(cubic, x).slope;
      const difference = (value(cubic, x + 1e-6) - value(cubic, x - 1e-6)) / 2e-6;
      expect(derivative).toBeCloseTo(difference, 5);
    }
    for (const knot of [2, 2.5, 3, 3.5, 4, 4.5]) {
      const left = evaluateCubic(cubic, knot - 1e-9).slope;
      expect(evaluateCubic(cubic, knot + 1e-9).slope).toBeCloseTo(left, 6);
    }
  });
});
