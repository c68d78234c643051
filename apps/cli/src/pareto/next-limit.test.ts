import fc from "fast-check";
import { expect, test } from "vitest";
import { nextLimit, type SearchedLimit } from "./next-limit.js";

/** All searches of a front whose designs take `share` of the area that they may; nothing is found below `floor`. */
function searched(
  points: number,
  first: number,
  smallest: number,
  share: number,
  floor = smallest,
  proven = true,
): SearchedLimit[] {
  const searches: SearchedLimit[] = [{ limitMm2: null, areaMm2: first, proven }];
  for (;;) {
    const limitMm2 = nextLimit(searches, points, smallest);
    if (limitMm2 === null) return searches;
    searches.push({ limitMm2, areaMm2: limitMm2 < floor ? null : Math.max(floor, share * limitMm2), proven });
  }
}

test("limits in equal ratios, from the first design to the smallest", () => {
  expect(searched(5, 16, 1, 1).map(({ limitMm2 }) => limitMm2)).toEqual([null, 8, 4, 2, 1]);
  expect(searched(1, 16, 1, 1)).toHaveLength(1);
  expect(searched(9, 1, 1, 1)).toHaveLength(1);
  expect(nextLimit([], 5, 1)).toBe(null);
});

const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const share = fc.double({ min: 0.5, max: 1, noNaN: true });
const points = fc.integer({ min: 2, max: 30 });

test("a design that is not proven leaves what is between it and its limit open", () => {
  const limits = searched(5, 16, 1, 0.1, 1, false).map(({ limitMm2 }) => limitMm2);
  expect(limits).toEqual([null, 8, 4, 2, 1]);
});

test("every limit is below all designs before it, and the last is the smallest hardware", () => {
  fc.assert(
    fc.property(points, size, size, share, (points, a, b, share) => {
      const [smallest, first] = [Math.min(a, b), Math.max(a, b)];
      const searches = searched(points, first, smallest, share);
      expect(searches.length).toBeLessThanOrEqual(points);
      searches.slice(1).forEach(({ limitMm2 }, i) => {
        expect(limitMm2).toBeLessThan(searches[i]!.areaMm2!);
        expect(limitMm2).toBeGreaterThanOrEqual(smallest);
      });
      const last = searches.at(-1)!;
      expect((last.limitMm2 ?? last.areaMm2!) / smallest).toBeLessThan(searches.length < points ? 1.01 / share : 1.01);
    }),
  );
});

test("where nothing fits any more, the limits close in on the smallest that does", () => {
  const searches = searched(14, 16, 1, 1, 5);
  const found = searches.flatMap(({ areaMm2 }) => (areaMm2 === null ? [] : [areaMm2]));
  const failed = searches.flatMap(({ areaMm2, limitMm2 }) => (areaMm2 === null ? [limitMm2!] : []));
  expect(failed.length).toBeGreaterThan(0);
  expect(Math.max(...failed)).toBeLessThan(5);
  expect(Math.min(...found) / Math.max(...failed)).toBeLessThan(1.2);
});
