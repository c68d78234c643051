import type { Cost } from "@loopnest/mapspace";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Weights } from "../uneven/placement.js";
import { by } from "./known-optima.js";
import { leastTotal } from "./least-total.js";
import { leastBetween } from "./supports.js";

const points = fc.array(
  fc.record({ energyPj: fc.integer({ min: 1, max: 1000 }), latencyCycles: fc.integer({ min: 1, max: 1000 }) }),
  { minLength: 1, maxLength: 40 },
);
const weighed = fc.record({ energy: fc.integer({ min: 0, max: 9 }), latency: fc.integer({ min: 1, max: 9 }) });
const least = (all: readonly Cost[], weights: Weights) => Math.min(...all.map((point) => by(weights, point)));

/** Searches among points, with bounds that are a tenth too low on the way. */
function search(all: readonly Cost[], exponent: number, questions = Number.POSITIVE_INFINITY) {
  let asked = 0;
  const seen: { value: number; lowerBound: number }[] = [];
  const value = ({ energyPj, latencyCycles }: Cost) => energyPj * latencyCycles ** exponent;
  const found = leastTotal<Cost>({
    ...{ value, gap: 0, floor: (weights) => 0.5 * least(all, weights) },
    weightsAt: ({ energyPj, latencyCycles }) => ({ energy: 1 / energyPj, latency: exponent / latencyCycles }),
    onNews: ({ best, lowerBound }) => void seen.push({ value: best?.value ?? Number.POSITIVE_INFINITY, lowerBound }),
    async optimum(weights, news) {
      if (++asked > questions) return null;
      news(all[0]!, 0.9 * least(all, weights));
      return all.reduce((a, b) => (by(weights, b) < by(weights, a) ? b : a));
    },
  });
  return { value, found, seen };
}

it.each([0, 1, 2])("finds the least of all points, with bounds on the way, energy x latency^%d", async (exponent) => {
  await fc.assert(
    fc.asyncProperty(points, async (all) => {
      const { value, found, seen } = search(all, exponent);
      const best = Math.min(...all.map(value));
      const { best: own, lowerBound } = await found;
      expect(own!.value).toBeCloseTo(best, 6);
      expect(lowerBound).toBe(own!.value);
      for (const { lowerBound: bound } of seen) expect(bound).toBeLessThanOrEqual(best * (1 + 1e-9));
    }),
  );
});

it("stopped, says what it has and a bound that holds", async () => {
  await fc.assert(
    fc.asyncProperty(points, fc.integer({ min: 0, max: 3 }), async (all, questions) => {
      const { value, found } = search(all, 1, questions);
      const { best, lowerBound } = await found;
      expect(lowerBound).toBeLessThanOrEqual(Math.min(...all.map(value)) * (1 + 1e-9));
      if (questions > 0) expect(best).not.toBeNull();
    }),
  );
});

it("bounds a sum by what is known of others", () => {
  fc.assert(
    fc.property(points, fc.array(weighed), weighed, (all, known, weights) => {
      const supports = known.map((own) => ({ weights: own, value: least(all, own) }));
      expect(leastBetween(supports, weights)).toBeLessThanOrEqual(least(all, weights) * (1 + 1e-9));
      const again = [...supports, { weights, value: least(all, weights) }];
      expect(leastBetween(again, weights)).toBeCloseTo(least(all, weights), 6);
    }),
  );
});
