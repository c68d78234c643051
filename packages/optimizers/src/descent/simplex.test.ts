import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectOntoSimplex } from "./simplex.js";

describe("projectOntoSimplex", () => {
  const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 });
  const total = fc.double({ min: 0, max: 10, noNaN: true });

  it("lands on the simplex", () => {
    fc.assert(
      fc.property(values, total, (from, sum) => {
        const to = Float64Array.from(from);
        projectOntoSimplex(to, sum);
        expect(Math.min(...to)).toBeGreaterThanOrEqual(0);
        expect(to.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 9);
      }),
    );
  });

  it("is nearer than any other point of the simplex", () => {
    const shares = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(values, total, shares, (from, sum, weights) => {
        const to = Float64Array.from(from);
        projectOntoSimplex(to, sum);
        const own = weights.slice(0, from.length);
        const scale = sum / own.reduce((a, b) => a + b, 0);
        const distance = (at: (i: number) => number) => from.reduce((d, value, i) => d + (value - at(i)) ** 2, 0);
        expect(distance((i) => to[i]!)).toBeLessThanOrEqual(distance((i) => own[i]! * scale) + 1e-9);
      }),
    );
  });
});
