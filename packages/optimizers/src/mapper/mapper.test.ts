import { clonePoint, copyPoint, emptyNeeds, eyeriss, gemmini, type Needs, seededRandom } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { exactValue, fits, nestsOf, randomMapper } from "../../test/random-mapper.js";
import { evaluateDesign, evaluateDesignOn, largestHardware } from "../network/network.js";
import type { Reach } from "./improvement.js";
import { applies, apply, movesOf, undo } from "./moves.js";

/** gemmini, small enough that the layers have to be cut into tiles. */
const tight = Float64Array.of(16, 8, 4);

function expectEqual(a: number, b: number): void {
  expect(a / b).toBeCloseTo(1, 12);
}

describe("improve", () => {
  for (const [target, objective] of [
    [gemmini, { name: "edp" }],
    [gemmini, { name: "latency" }],
    [eyeriss, { name: "energy" }],
  ] as const) {
    for (const reach of ["single", "swap"] as const) {
      it(`never makes worse, and what fitted still fits: ${reach} moves, ${objective.name} on ${target.name}`, () => {
        for (let seed = 0; seed < 6; seed++) {
          const all = randomMapper(seed, target, objective);
          const { search, prepared, points } = all;
          search.place(largestHardware(prepared).maxSizes);
          search.refit();
          const before = search.value();
          expect(before).toBeLessThan(Number.POSITIVE_INFINITY);
          search.improve(reach);
          expect(search.value()).toBeLessThanOrEqual(before);
          expect(fits(all, search.sizes)).toBe(true);
          expectEqual(search.value(), exactValue(prepared, points, search.sizes));
        }
      });
    }
  }

  it("ends where no single move helps", () => {
    const all = randomMapper(1);
    const { search, prepared, points } = all;
    search.place(tight);
    search.refit();
    search.improve("single");
    const reached = search.value();
    for (const point of points) {
      for (const move of movesOf(point)) {
        if (!applies(point, move)) continue;
        apply(point, move);
        if (fits(all, search.sizes)) {
          expect(exactValue(prepared, points, search.sizes)).toBeGreaterThanOrEqual(reached * (1 - 1e-9));
        }
        undo(point, move);
      }
    }
  });

  it("reaches farther with swaps than with single moves", () => {
    const reached = (seed: number, reach: Reach) => {
      const { search } = randomMapper(seed);
      search.place(tight);
      search.refit();
      search.improve("single");
      search.improve(reach);
      return search.value();
    };
    const ratios = [1, 2, 3, 4, 5].map((seed) => reached(seed, "swap") / reached(seed, "single"));
    expect(Math.max(...ratios)).toBeLessThanOrEqual(1);
    expect(Math.min(...ratios)).toBeLessThan(1);
  });

  it("looks beyond a limit only at mappings that need more than it", () => {
    const { search, prepared, points } = randomMapper(2);
    search.place(tight);
    search.refit();
    search.improve("swap");
    const limit: Needs = prepared.minimal.offers(search.sizes, emptyNeeds(prepared.levelCount));
    const settled = points.map(clonePoint);
    search.place(Float64Array.of(64, 1024, 512));
    search.improve("single", limit);
    points.forEach((point, i) => {
      const needs = emptyNeeds(prepared.levelCount);
      prepared.layers[i]!.model.needs(point.nest, needs);
      const grown =
        needs.words.some((need, l) => need > limit.words[l]!) || needs.x.some((need, l) => need > limit.x[l]!);
      expect(grown || String(point.nest.factor) === String(settled[i]!.nest.factor)).toBe(true);
    });
  });

  it("stops within its budget, leaving sound mappings that are no worse", () => {
    for (const limit of [3, 10, 40, 200]) {
      const all = randomMapper(3);
      const { search, budget } = all;
      search.place(largestHardware(all.prepared).maxSizes);
      search.refit();
      const before = search.value();
      budget.limit = budget.spent + limit;
      search.improve("swap");
      // One evaluation of the layer at hand when the budget runs out.
      expect(budget.spent).toBeLessThanOrEqual(budget.limit + 1);
      expect(search.value()).toBeLessThanOrEqual(before);
      expect(fits(all, search.sizes)).toBe(true);
    }
  });
});

describe("refit", () => {
  it("makes mappings fit a small hardware, and says what they cost there", () => {
    for (let seed = 0; seed < 6; seed++) {
      const all = randomMapper(seed);
      const small = Float64Array.of(4, 2, 1);
      all.search.place(small);
      if (!fits(all, small)) expect(all.search.value()).toBe(Number.POSITIVE_INFINITY);
      all.search.refit();
      expect(fits(all, small)).toBe(true);
      expectEqual(all.search.value(), exactValue(all.prepared, all.points, small));
    }
  });

  it("goes back to a mapping that fitted before, if that is the best that does", () => {
    const all = randomMapper(4);
    const small = Float64Array.of(8, 8, 4);
    all.search.place(small);
    all.search.refit();
    all.search.improve("swap");
    const found = all.search.value();
    all.search.place(largestHardware(all.prepared).maxSizes);
    all.search.improve("swap");
    all.search.place(small);
    all.search.refit();
    expect(all.search.value()).toBeLessThanOrEqual(found * (1 + 1e-9));
  });
});

describe("shrink", () => {
  it("moves to the minimal hardware of the mappings", () => {
    for (let seed = 0; seed < 6; seed++) {
      const { search, prepared, points } = randomMapper(seed);
      search.place(largestHardware(prepared).maxSizes);
      search.refit();
      const sizes = search.shrink()!;
      const design = evaluateDesign(prepared, nestsOf(points))!;
      expect([...sizes]).toEqual(Object.values(design.hardware));
      expect(search.sizes).toEqual(sizes);
      expectEqual(search.value(), design.value);
    }
  });
});

describe("shake", () => {
  it("keeps the outcome only if it is better", () => {
    const all = randomMapper(5);
    const { search, prepared, points } = all;
    search.place(tight);
    search.refit();
    search.improve("single");
    const source = seededRandom(11);
    let improved = 0;
    for (let k = 0; k < 30; k++) {
      const before = { value: search.value(), nests: nestsOf(points).map(({ factor, dim }) => `${factor} ${dim}`) };
      search.shake(k % 2, 3, "single", source);
      expect(search.value()).toBeLessThanOrEqual(before.value);
      if (search.value() < before.value) improved++;
      else expect(nestsOf(points).map(({ factor, dim }) => `${factor} ${dim}`)).toEqual(before.nests);
      expectEqual(search.value(), exactValue(prepared, points, search.sizes));
    }
    expect(improved).toBeGreaterThan(0);
    expect(fits(all, search.sizes)).toBe(true);
  });
});

describe("share", () => {
  it("is a layer's part of energy and of latency, by how often it occurs", () => {
    const { search, prepared, points } = randomMapper(6);
    search.place(largestHardware(prepared).maxSizes);
    search.refit();
    const { layers, energyUj, latencyCycles } = evaluateDesignOn(prepared, nestsOf(points), search.sizes)!;
    layers.forEach((layer, i) => {
      const energy = (layer.count * layer.energyPj) / 1e6 / energyUj;
      const latency = (layer.count * layer.latencyCycles) / latencyCycles;
      expect(search.share(i)).toBeCloseTo(energy + latency, 12);
    });
    expect(search.share(0) + search.share(1)).toBeCloseTo(2, 12);
  });
});

describe("growNext", () => {
  it("takes every step that needs more than the hardware has, each once, and the hardware follows", () => {
    const { search, prepared, points, ...all } = randomMapper(4);
    search.place(tight);
    search.refit();
    const sizes = search.shrink()!;
    const settled = points.map(clonePoint);
    const beyond = points.flatMap((point) =>
      movesOf(point).filter((move) => {
        if (!applies(point, move)) return false;
        apply(point, move);
        const more = !fits({ search, prepared, points, ...all }, sizes);
        const possible = more && evaluateDesign(prepared, nestsOf(points)) !== null;
        undo(point, move);
        return possible;
      }),
    );
    const reached = new Set<string>();
    const random = seededRandom(1);
    for (let k = 0; k < beyond.length; k++) {
      expect(search.growNext(() => true, random)).toBe(true);
      expect(search.sizes.every((size, s) => size >= sizes[s]!)).toBe(true);
      expectEqual(search.value(), exactValue(prepared, points, search.sizes));
      reached.add(points.map(({ nest }) => nest.factor.join()).join());
      points.forEach((point, i) => {
        copyPoint(settled[i]!, point);
      });
      search.place(sizes);
    }
    expect(beyond.length).toBeGreaterThan(5);
    expect(reached.size).toBe(beyond.length);
    expect(search.growNext(() => false, random)).toBe(false);
    expect(points.map(({ nest }) => nest.factor)).toEqual(settled.map(({ nest }) => nest.factor));
  });
});
