import type { Design, Progress } from "@loopnest/optimizers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { forwardOnly, progressMerger } from "./merge-progress.js";

const design = (value: number): Design => ({
  ...{ hardware: {}, layers: [], energyUj: value, latencyCycles: 1, areaMm2: 1, value },
});

test("news of a whole are the sum of its parts, whatever order they come in", () => {
  const merger = progressMerger(100);
  merger.add(1, { samples: 4, budget: 50, best: null });
  expect(merger.add(0, { samples: 3, budget: 50, best: null })).toEqual({ samples: 7, budget: 100, best: null });
  expect(merger.add(1, { samples: 2, budget: 50, best: null }).samples).toBe(7);
  expect(merger.add(0, { samples: 5, budget: null, best: null })).toEqual({ samples: 9, budget: null, best: null });
});

test("news go forward only, without the noise of sums", () => {
  const news = fc.record({
    samples: fc.double({ min: 0, max: 1e6, noNaN: true }),
    budget: fc.constant(100),
    best: fc.option(fc.integer({ min: 1, max: 100 }).map(design)),
    lowerBound: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(news, { minLength: 2 }), (given) => {
      const told: Progress[] = [];
      given.forEach(forwardOnly((progress) => told.push(progress)));
      const found = (all: readonly Progress[]) => Math.min(...all.map(({ best }) => best?.value ?? Infinity));
      told.forEach((one, i) => {
        const sofar = given.slice(0, i + 1);
        expect(one.best?.value ?? Infinity).toBe(found(sofar));
        expect(one.lowerBound).toBe(Math.max(...sofar.map(({ lowerBound }) => lowerBound)));
        expect(Math.abs(one.samples - Math.max(...sofar.map(({ samples }) => samples)))).toBeLessThanOrEqual(5.01e-4);
        expect(one.samples).toBe(Number(one.samples.toFixed(3)));
      });
    }),
    { numRuns: 50 },
  );
});
