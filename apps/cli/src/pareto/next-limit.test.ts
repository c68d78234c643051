import fc from "fast-check";
import { expect, test } from "vitest";
import { nextLimit, type SearchedLimit } from "./next-limit.js";

/**
 * A front to be found: designs take `share` of the area that they may, and are worth `worth` of it; nothing fits below
 * `floor`.
 */
interface Front {
  readonly points: number;
  readonly first: number;
  readonly smallest: number;
  readonly share?: number;
  readonly worth: (areaMm2: number) => number;
  readonly floor?: number;
  readonly proven?: boolean;
  readonly asked?: boolean;
}

function searched({ points, first, smallest, share = 1, worth, floor, proven = true, asked = false }: Front) {
  const searches: SearchedLimit[] = [{ limitMm2: null, areaMm2: first, value: worth(first), proven }];
  for (;;) {
    const limitMm2 = nextLimit(searches, points, { areaMm2: smallest, asked });
    if (limitMm2 === null) return searches;
    expect(searches.length).toBeLessThan(points);
    const areaMm2 = limitMm2 < (floor ?? smallest) ? null : Math.max(floor ?? smallest, share * limitMm2);
    searches.push({ limitMm2, areaMm2, value: areaMm2 === null ? null : worth(areaMm2), proven });
  }
}

const limits = (searches: readonly SearchedLimit[]) => searches.map(({ limitMm2 }) => limitMm2);

test("first the front is measured, down to designs that are ten times worse; then gaps are split", () => {
  // Value 1 / area: every gap of a front of equal ratios is as large as the others.
  const front = searched({ points: 8, first: 64, smallest: 1, worth: (area) => 64 / area });
  expect(limits(front)).toEqual([null, 16, 4, 32, 8, 45.25, 22.62, 11.31]);
  expect(limits(searched({ points: 1, first: 16, smallest: 1, worth: (area) => 1 / area }))).toHaveLength(1);
  expect(nextLimit([], 5, { areaMm2: 1, asked: false })).toBe(null);
});

test("the end that was asked for is reached, however bad designs are there", () => {
  const front = searched({ points: 4, first: 64, smallest: 1, worth: (area) => 1 / area ** 3, asked: true });
  expect(limits(front).slice(0, 2)).toEqual([null, 1]);
});

test("points gather where the front bends", () => {
  // Flat above 8 mm2, steep below.
  const worth = (area: number) => (area > 8 ? 1 + 0.001 * (64 / area) : (8 / area) ** 1.5);
  const front = searched({ points: 12, first: 64, smallest: 1, worth });
  const within = front.filter(({ areaMm2 }) => areaMm2! <= 9).length;
  expect(within).toBeGreaterThanOrEqual(7);
});

test("a design that is not proven leaves what is between it and its limit open", () => {
  const front = searched({ points: 4, first: 64, smallest: 1, share: 0.5, worth: (area) => 64 / area, proven: false });
  expect(limits(front).slice(0, 3)).toEqual([null, 16, 4]);
});

const size = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const share = fc.double({ min: 0.5, max: 1, noNaN: true });
const points = fc.integer({ min: 2, max: 30 });
const power = fc.double({ min: 0.1, max: 3, noNaN: true });

test("no limit comes twice or lies outside of the front, and no proven design is found again", () => {
  fc.assert(
    fc.property(points, size, size, share, power, fc.boolean(), (points, a, b, share, power, asked) => {
      const [smallest, first] = [Math.min(a, b), Math.max(a, b)];
      const searches = searched({ points, first, smallest, share, worth: (area) => area ** -power, asked });
      expect(searches.length).toBeLessThanOrEqual(points);
      expect(new Set(limits(searches)).size).toBe(searches.length);
      searches.slice(1).forEach(({ limitMm2 }, i) => {
        expect(limitMm2).toBeLessThan(first);
        expect(limitMm2).toBeGreaterThanOrEqual(smallest);
        for (const before of searches.slice(0, i + 1)) {
          const [low, high] = [before.areaMm2!, before.limitMm2 ?? Number.POSITIVE_INFINITY];
          expect(limitMm2! >= low && limitMm2! < high).toBe(false);
        }
      });
    }),
  );
});

test("where nothing fits any more, limits come near the smallest that does", () => {
  const searches = searched({ points: 14, first: 16, smallest: 1, worth: (area) => 1 / area, floor: 5 });
  const found = searches.flatMap(({ areaMm2 }) => (areaMm2 === null ? [] : [areaMm2]));
  const failed = searches.flatMap(({ areaMm2, limitMm2 }) => (areaMm2 === null ? [limitMm2!] : []));
  expect(failed.length).toBeGreaterThan(0);
  expect(Math.max(...failed)).toBeLessThan(5);
  expect(Math.min(...found) / Math.max(...failed)).toBeLessThan(1.4);
});
