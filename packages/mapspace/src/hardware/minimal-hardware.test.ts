import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInTarget, gemmini, targetNames } from "../targets/index.js";
import { makeMinimalHardware } from "./minimal-hardware.js";
import { emptyNeeds, type Needs } from "./needs.js";
import { compileTarget, type Target } from "./target.js";

/** Relative step of finite differences. */
const STEP = 1e-5;
const FIELDS = ["words", "x", "y"] as const;
const free = (of: Target) => of.sizes.map(() => Number.NaN);
const solverOf = (of: Target) => makeMinimalHardware(compileTarget(of));

/** Whether hardware offers what is needed; the guard is that of `solve` against rounding. */
function suffices(of: Target, sizes: ArrayLike<number>, needs: Needs): boolean {
  const offered = solverOf(of).offers(sizes, emptyNeeds(of.levels.length));
  return FIELDS.every((field) => needs[field].every((need, l) => need <= offered[field][l]! * (1 + 1e-11)));
}

/** Needs from what random sizes in range offer, each scaled down: they fit for sure. */
function needsOf(of: Target): fc.Arbitrary<Needs> {
  const size = fc.tuple(...of.sizes.map(({ min, max }) => fc.integer({ min, max })));
  const share = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
    minLength: 3 * of.levels.length,
    maxLength: 3 * of.levels.length,
  });
  return fc.tuple(size, share).map(([sizes, shares]) => {
    const needs = solverOf(of).offers(sizes, emptyNeeds(of.levels.length));
    FIELDS.forEach((field, f) => {
      for (let l = 0; l < of.levels.length; l++) {
        const limit = Math.min(needs[field][l]!, 1e12);
        needs[field][l] = limit * shares[3 * l + f]!;
      }
    });
    return needs;
  });
}

/** Two sizes that meet in one capacity, steps other than 1, a demand on a square: small enough to try all hardware. */
const tiny: Target = {
  ...gemmini,
  name: "tiny",
  sizes: [
    { name: "side", description: "", min: 2, max: 9, default: 4 },
    { name: "depth", description: "", min: 4, max: 40, step: 4, default: 8 },
  ],
  levels: [
    gemmini.levels[0]!,
    {
      ...gemmini.levels[1]!,
      blockSize: "side",
      rowsPerInstance: "3 * depth / side^2",
      bandwidthWordsPerCycle: null,
    },
    { ...gemmini.levels[3]!, blockSize: 1, rowsPerInstance: 5, instances: "side^2", meshX: "side" },
  ],
  compute: { instances: "side^2", meshX: "side", macBits: 8 },
};

describe("solve", () => {
  it("finds the first hardware that is large enough, as trying all of it does", () => {
    const all = Array.from({ length: 8 }, (_, i) => i + 2).flatMap((side) =>
      Array.from({ length: 10 }, (_, k) => [side, 4 * (k + 1)]),
    );
    const upTo = (limit: number) => fc.double({ min: 0.1, max: limit, noNaN: true });
    fc.assert(
      fc.property(upTo(60), upTo(10), upTo(10), upTo(6), (words, x, y, registers) => {
        const needs = emptyNeeds(3);
        needs.words.set([0, words, registers]);
        needs.x.set([1, x, 1]);
        needs.y.set([1, y, 1]);
        const first = all.find((sizes) => suffices(tiny, sizes, needs));
        const sizes = new Float64Array(2);
        const fits = solverOf(tiny).solve(needs, free(tiny), true, sizes);
        // Sizes are solved in order: the side that columns and rows ask for, then the depth.
        const side = Math.max(2, Math.ceil(x), Math.ceil(y));
        expect(fits).toBe(all.some((candidate) => candidate[0] === side && suffices(tiny, candidate, needs)));
        if (fits) expect([...sizes]).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  for (const name of targetNames) {
    const of = builtInTarget(name);
    it(`of ${name} fits, and no size can be smaller while the others stay`, () => {
      const solver = solverOf(of);
      const sizes = new Float64Array(of.sizes.length);
      fc.assert(
        fc.property(needsOf(of), (needs) => {
          const fits = solver.solve(needs, free(of), true, sizes);
          of.sizes.forEach(({ min, max, step = 1 }, i) => {
            expect(Number.isInteger(sizes[i]! / step)).toBe(true);
            expect(sizes[i]! >= min && sizes[i]! <= max).toBe(true);
            const smaller = sizes.map((size, j) => (i === j ? size - step : size));
            if (fits && sizes[i]! > min) expect(suffices(of, smaller, needs)).toBe(false);
          });
          expect(fits).toBe(suffices(of, sizes, needs));
        }),
        { numRuns: 60 },
      );
    });
  }

  it("keeps to fixed sizes, and says when they are too small", () => {
    const solver = solverOf(gemmini);
    const sizes = new Float64Array(3);
    const needs = emptyNeeds(4);
    needs.x[1] = 12;
    needs.words[2] = 1000;
    const { NaN: any } = Number;
    expect(solver.solve(needs, [any, any, any], true, sizes)).toBe(true);
    expect([...sizes]).toEqual([12, 1, 47]); // 1000 words x 4 bytes x 12 columns
    expect(solver.solve(needs, [16, any, any], true, sizes)).toBe(true);
    expect([...sizes]).toEqual([16, 1, 63]);
    expect(solver.solve(needs, [8, any, any], true, sizes)).toBe(false);
    expect([...sizes]).toEqual([8, 1, 32]);
    expect(solver.solve(needs, [any, any, 46], true, sizes)).toBe(false);
    expect([...sizes]).toEqual([12, 1, 46]);
  });

  it("leaves sizes continuous when asked, and stops at the largest", () => {
    const solver = solverOf(gemmini);
    const sizes = new Float64Array(3);
    const needs = emptyNeeds(4);
    needs.x[1] = 12.5;
    needs.words[1] = 1536;
    expect(solver.solve(needs, free(gemmini), false, sizes)).toBe(true);
    expect([...sizes]).toEqual([12.5, 1.5, 1]);
    needs.x[1] = 300;
    expect(solver.solve(needs, free(gemmini), false, sizes)).toBe(false);
    expect(sizes[0]).toBe(128);
  });

  it("says no to what no size can give", () => {
    const needs = emptyNeeds(4);
    needs.words[3] = 2; // a register holds one word
    expect(solverOf(gemmini).solve(needs, free(gemmini), true, new Float64Array(3))).toBe(false);
    needs.words[3] = 1;
    needs.y[1] = 2; // the scratchpad has one row of columns
    expect(solverOf(gemmini).solve(needs, free(gemmini), true, new Float64Array(3))).toBe(false);
  });

  it("refuses a target where growing the last size of a capacity makes it smaller", () => {
    const levels = tiny.levels.map((level, l) => (l === 1 ? { ...level, rowsPerInstance: "side^3 / depth" } : level));
    expect(() => solverOf({ ...tiny, levels })).toThrow("Scratchpad gets smaller as depth grows");
  });
});

describe("offers", () => {
  it("is capacity and fan-out of every level, Infinity where unlimited", () => {
    const out = solverOf(gemmini).offers([16, 256, 64], emptyNeeds(4));
    expect([...out.words]).toEqual([Number.POSITIVE_INFINITY, 262_144, 1024, 1]);
    expect([...out.x]).toEqual([1, 16, 16, 1]);
    expect([...out.y]).toEqual([1, 1, 1, 1]);
  });
});

describe("pullback", () => {
  for (const name of targetNames) {
    const of = builtInTarget(name);
    it(`of ${name} agrees with finite differences`, () => {
      const solver = solverOf(of);
      const sizes = new Float64Array(of.sizes.length);
      const weights = of.sizes.map((_, i) => Math.sin(1 + 3 * i));
      const value = (needs: Needs) => {
        solver.solve(needs, free(of), false, sizes);
        return weights.reduce((sum, weight, i) => sum + weight * Math.log(sizes[i]!), 0);
      };
      let checked = 0;
      let kinks = 0;
      let moved = 0;
      fc.assert(
        // Without a bias to extremes, where needs meet at the bound of a size: flat on both sides.
        fc.property(fc.noBias(needsOf(of)), (needs) => {
          const gradient = emptyNeeds(of.levels.length);
          value(needs);
          solver.pullback(needs, Float64Array.from(weights), gradient);
          for (const field of FIELDS) {
            for (let l = 0; l < of.levels.length; l++) {
              const at = needs[field][l]!;
              const valueAt = (factor: number) => {
                needs[field][l] = at * factor;
                return value(needs);
              };
              const below = valueAt(1 - STEP);
              const above = valueAt(1 + STEP);
              const here = valueAt(1);
              const [left, right] = [(here - below) / STEP, (above - here) / STEP];
              checked++;
              // Where two needs meet, or a size reaches a bound, the slopes of the two sides differ: by as little as
              // one likes, if the kink is near the end of a step, but not by less than what counts as close.
              if (Math.abs(left - right) > 5e-5) kinks++;
              else expect(gradient[field][l]! * at).toBeCloseTo((left + right) / 2, 4);
              if (left !== 0) moved++;
            }
          }
        }),
        { numRuns: 100 },
      );
      expect(kinks / checked).toBeLessThan(0.05); // a share of random points, not a tolerance
      expect(moved).toBeGreaterThan(50);
    });
  }
});
