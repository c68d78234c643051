import fc from "fast-check";
import { expect, test } from "vitest";
import { band, bestAt, type Course } from "./best-so-far.js";

/** Courses as searches have them: places rise, values fall. */
const course: fc.Arbitrary<Course> = fc
  .record({
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
      maxLength: 12,
    }),
    after: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ steps, after }) => {
    let at = 0;
    let value = 1000;
    const improvements = steps.map(([further, less]) => ({ at: (at += further), value: (value -= less) }));
    return { improvements, end: at + after };
  });

/** The best of all improvements up to a place, all of them looked at. */
const bestOf = ({ improvements }: Course, place: number) =>
  Math.min(...improvements.filter(({ at }) => at <= place).map(({ value }) => value));

test("the best so far is the least value up to there, at every place", () => {
  fc.assert(
    fc.property(course, (own) => {
      for (let at = 0; at <= own.end + 1; at++) expect(bestAt(own, at)).toBe(bestOf(own, at));
    }),
  );
});

test("a band says of every place what all runs had there, from where all have something to the last end", () => {
  fc.assert(
    fc.property(fc.array(course, { minLength: 1, maxLength: 5 }), (courses) => {
      const points = band(courses, 1);
      const first = Math.max(...courses.map(({ improvements }) => improvements[0]!.at));
      const last = Math.max(...courses.map(({ end }) => end), first);
      expect(points[0]!.at).toBe(first);
      expect(points.at(-1)!.at).toBe(last);
      // As steps: what is said at a place holds until the next one.
      for (let at = first; at <= last; at++) {
        const said = points.filter((point) => point.at <= at).at(-1)!;
        const sorted = courses.map((own) => bestOf(own, at)).sort((a, b) => a - b);
        const n = sorted.length;
        expect(said.least).toBe(sorted[0]);
        expect(said.most).toBe(sorted[n - 1]);
        expect(said.median).toBe((sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2);
      }
    }),
  );
});

test("places that are too close are left out, the ends never", () => {
  const own: Course = { improvements: [1, 100, 101, 150, 199].map((at) => ({ at, value: 1000 - at })), end: 200 };
  expect(band([own], 1.1).map(({ at }) => at)).toEqual([1, 100, 150, 199, 200]);
  expect(band([own], 3).map(({ at }) => at)).toEqual([1, 100, 200]);
});

test("there is no band of runs of which one found nothing", () => {
  expect(band([])).toEqual([]);
  expect(
    band([
      { improvements: [{ at: 1, value: 1 }], end: 1 },
      { improvements: [], end: 5 },
    ]),
  ).toEqual([]);
});
