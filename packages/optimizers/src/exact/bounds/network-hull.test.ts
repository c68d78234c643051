import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goal } from "./goal.js";
import { makeLowerHull } from "./lower-hull.js";
import { makeNetworkHull } from "./network-hull.js";
import { type Band, promisingBand } from "./promising-band.js";

type Point = readonly [latency: number, energy: number];

const number = fc.integer({ min: 1, max: 50 });
const layer = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 6 });
const layers = fc.array(layer, { minLength: 1, maxLength: 4 });

function swept(list: readonly (readonly Point[])[], base = { energyPj: 0, latencyCycles: 0 }) {
  const hulls = list.map((points) => {
    const hull = makeLowerHull();
    [...points]
      .sort((a, b) => a[0] - b[0])
      .forEach(([latency, energy], i) => {
        hull.push(latency, energy, i);
      });
    return hull;
  });
  const hull = makeNetworkHull(hulls, base);
  hull.sweep();
  return { hulls, hull };
}

/** Totals of all ways to choose a point per layer. */
function totals(list: readonly (readonly Point[])[]): Point[] {
  return list.reduce<Point[]>(
    (sums, points) => sums.flatMap(([l, e]) => points.map((p) => [l + p[0], e + p[1]] as const)),
    [[0, 0]],
  );
}

describe("the hull of a network", () => {
  it("has the least product of energy and latency at a vertex, and the least of either at its ends", () => {
    fc.assert(
      fc.property(layers, (list) => {
        const { hull } = swept(list);
        const all = totals(list);
        const products = Array.from({ length: hull.count }, (_, k) => hull.energy[k]! * hull.latency[k]!);
        expect(Math.min(...products)).toBeCloseTo(Math.min(...all.map(([l, e]) => l * e)), 6);
        expect(hull.latency[0]).toBeCloseTo(Math.min(...all.map(([l]) => l)), 9);
        expect(hull.energy[hull.count - 1]).toBeCloseTo(Math.min(...all.map(([, e]) => e)), 9);
      }),
    );
  });

  it("has everything that comes on top of the layers", () => {
    fc.assert(
      fc.property(layers, number, number, (list, energyPj, latencyCycles) => {
        const { hull } = swept(list);
        const { hull: raised } = swept(list, { energyPj, latencyCycles });
        expect(raised.count).toBe(hull.count);
        for (let k = 0; k < hull.count; k++) {
          expect(raised.energy[k]).toBeCloseTo(hull.energy[k]! + energyPj, 9);
          expect(raised.latency[k]).toBeCloseTo(hull.latency[k]! + latencyCycles, 9);
        }
      }),
    );
  });

  it("says which vertex of its own every layer has at each of its vertices", () => {
    fc.assert(
      fc.property(layers, (list) => {
        const { hulls, hull } = swept(list);
        const choice = new Int32Array(list.length);
        for (let k = 0; k < hull.count; k++) {
          hull.choice(k, choice);
          const sum = (of: "latency" | "energy") => hulls.reduce((total, own, i) => total + own[of][choice[i]!]!, 0);
          expect(sum("latency")).toBeCloseTo(hull.latency[k]!, 9);
          expect(sum("energy")).toBeCloseTo(hull.energy[k]!, 9);
        }
      }),
    );
  });
});

describe("the promising band", () => {
  for (const name of ["edp", "energy", "latency"] as const) {
    it(`holds all totals better than a cut of ${name}`, () => {
      const aim = goal({ name });
      const band: Band = { byEnergy: 0, byLatency: 0, slack: 0 };
      fc.assert(
        fc.property(layers, fc.double({ min: 1.001, max: 3, noNaN: true }), (list, above) => {
          const { hull } = swept(list);
          const all = totals(list);
          const cut = above * Math.min(...all.map(([l, e]) => aim.ofTotals(e, l)));
          promisingBand(hull, aim, cut, band);
          const weigh = (l: number, e: number) => band.byEnergy * e + band.byLatency * l;
          let least = Number.POSITIVE_INFINITY;
          for (let k = 0; k < hull.count; k++) least = Math.min(least, weigh(hull.latency[k]!, hull.energy[k]!));
          for (const [l, e] of all) {
            if (aim.ofTotals(e, l) < cut) expect(weigh(l, e)).toBeLessThanOrEqual((least + band.slack) * (1 + 1e-9));
          }
        }),
      );
    });
  }
});
