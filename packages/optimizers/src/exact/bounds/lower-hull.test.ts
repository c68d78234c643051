import fc from "fast-check";
import { expect, it } from "vitest";
import { makeLowerHull } from "./lower-hull.js";

const points = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
  minLength: 1,
  maxLength: 30,
});

it("is what the least of energy + lambda * latency goes through as lambda falls", () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0.01, max: 100, noNaN: true }), (list, lambda) => {
      const sorted = [...list].sort((a, b) => a[0] - b[0]);
      const hull = makeLowerHull();
      for (const [i, [latency, energy]] of sorted.entries()) hull.push(latency, energy, i);
      const all = sorted.map(([latency, energy]) => energy + lambda * latency);
      const vertices = Array.from({ length: hull.count }, (_, v) => hull.energy[v]! + lambda * hull.latency[v]!);
      expect(Math.min(...vertices)).toBeCloseTo(Math.min(...all), 9);
      expect(hull.latency[0]).toBe(Math.min(...sorted.map(([latency]) => latency)));
      expect(hull.energy[hull.count - 1]).toBe(Math.min(...sorted.map(([, energy]) => energy)));
      for (let v = 0; v < hull.count; v++) {
        expect(sorted[hull.point[v]!]).toEqual([hull.latency[v], hull.energy[v]]);
        if (v < 2) continue;
        const slope = (k: number) =>
          (hull.energy[k]! - hull.energy[k - 1]!) / (hull.latency[k]! - hull.latency[k - 1]!);
        expect(slope(v)).toBeGreaterThan(slope(v - 1));
      }
    }),
  );
});

it("grows, and starts anew when cleared", () => {
  const hull = makeLowerHull();
  for (let i = 1; i <= 200; i++) hull.push(i, 1e6 / i, i);
  expect(hull.count).toBe(200);
  hull.clear();
  hull.push(3, 3, 7);
  expect([hull.count, hull.point[0]]).toEqual([1, 7]);
});
