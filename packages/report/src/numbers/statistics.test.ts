import fc from "fast-check";
import { expect, test } from "vitest";
import { geometricMean, median, spread } from "./statistics.js";

const values = fc.array(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 9 });

test("at most half of the values lie on either side of the median", () => {
  fc.assert(
    fc.property(values, (all) => {
      const middle = median(all);
      expect(2 * all.filter((value) => value < middle).length).toBeLessThanOrEqual(all.length);
      expect(2 * all.filter((value) => value > middle).length).toBeLessThanOrEqual(all.length);
      const { least, most } = spread(all);
      expect(all.every((value) => least <= value && value <= most)).toBe(true);
      expect(all).toEqual(expect.arrayContaining([least, most]));
    }),
  );
});

test("the values themselves stay in their order", () => {
  const all = [3, 1, 2];
  expect(median(all)).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(all).toEqual([3, 1, 2]);
});

test("the geometric mean of quotients is the quotient of geometric means", () => {
  expect(geometricMean([1, 100])).toBeCloseTo(10, 12);
  fc.assert(
    fc.property(values, values, (a, b) => {
      const n = Math.min(a.length, b.length);
      const quotients = Array.from({ length: n }, (_, i) => a[i]! / b[i]!);
      const expected = geometricMean(a.slice(0, n)) / geometricMean(b.slice(0, n));
      expect(geometricMean(quotients) / expected).toBeCloseTo(1, 9);
    }),
  );
});
