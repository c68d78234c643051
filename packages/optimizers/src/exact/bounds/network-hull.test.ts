import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepsLimits, objectiveNames } from "../../search/objective.js";
import { goal } from "./goal.js";
import { hullMinimum } from "./hull-minimum.js";
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
  it("holds all totals better than a cut of energy x delay", () => {
    const band: Band = { byEnergy: 0, byLatency: 0, slack: 0 };
    fc.assert(
      fc.property(layers, fc.double({ min: 1.001, max: 3, noNaN: true }), (list, above) => {
        const { hull } = swept(list);
        const all = totals(list);
        const cut = above * Math.min(...all.map(([l, e]) => e * l));
        promisingBand(hull, cut, band);
        const weigh = (l: number, e: number) => band.byEnergy * e + band.byLatency * l;
        let least = Number.POSITIVE_INFINITY;
        for (let k = 0; k < hull.count; k++) least = Math.min(least, weigh(hull.latency[k]!, hull.energy[k]!));
        for (const [l, e] of all) {
          if (e * l < cut) expect(weigh(l, e)).toBeLessThanOrEqual((least + band.slack) * (1 + 1e-9));
        }
      }),
    );
  });
});

describe("the least of a hull within limits", () => {
  const share = fc.double({ min: 0, max: 1.2, noNaN: true });
  for (const name of objectiveNames) {
    it(`is no more than any total that keeps them, and attained: ${name}`, () => {
      fc.assert(
        fc.property(layers, share, share, share, (list, first, second, third) => {
          const { hull } = swept(list);
          const all = totals(list);
          const between = (values: readonly number[], at: number) => {
            const [least, most] = [Math.min(...values), Math.max(...values)];
            return at > 1 ? undefined : least + at * (most - least);
          };
          const objective = {
            name,
            ...given(
              "maxLatencyCycles",
              between(
                all.map(([l]) => l),
                first,
              ),
            ),
            ...given(
              "maxEnergyUj",
              between(
                all.map(([, e]) => e / 1e6),
                second,
              ),
            ),
            ...given(
              "maxEdp",
              between(
                all.map(([l, e]) => (l * e) / 1e6),
                third,
              ),
            ),
          };
          const aim = goal(objective);
          const found = { value: 0, vertex: 0, edge: -1 };
          hullMinimum(hull, aim, aim.limits, found);
          const keeps = (l: number, e: number) =>
            keepsLimits(objective, { latencyCycles: l, energyUj: e / 1e6, areaMm2: 1 });
          for (const [l, e] of all)
            if (keeps(l, e)) expect(found.value).toBeLessThanOrEqual(aim.ofTotals(e, l) * (1 + 1e-9));
          // Nor less than what lies on the hull, walked in small steps.
          let walked = Number.POSITIVE_INFINITY;
          const loose = { ...objective };
          for (let k = 0; k < hull.count; k++) {
            const next = Math.min(k + 1, hull.count - 1);
            for (let step = 0; step <= 200; step++) {
              const l = hull.latency[k]! + (step / 200) * (hull.latency[next]! - hull.latency[k]!);
              const e = hull.energy[k]! + (step / 200) * (hull.energy[next]! - hull.energy[k]!);
              if (keepsLimits(loose, { latencyCycles: l * 0.99, energyUj: (e * 0.99) / 1e6, areaMm2: 1 }))
                walked = Math.min(walked, aim.ofTotals(e * 0.99, l * 0.99));
            }
          }
          expect(found.value).toBeGreaterThanOrEqual(walked * (1 - 1e-9));
          if (found.edge < 0 && found.value < Number.POSITIVE_INFINITY)
            expect(aim.ofTotals(hull.energy[found.vertex]!, hull.latency[found.vertex]!)).toBe(found.value);
        }),
      );
    });
  }
});

function given<Name extends string>(name: Name, value: number | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: number };
}
