import fc from "fast-check";
import { expect, test } from "vitest";
import { bestWithin, nondominated, type Worth } from "./nondominated.js";

const few = fc.integer({ min: 1, max: 6 });
const designs = fc.array(
  fc.oneof(
    fc.record({ areaMm2: few, value: few }),
    fc.record({
      areaMm2: fc.double({ min: 0.01, max: 99, noNaN: true }),
      value: fc.double({ min: 1, max: 1e15, noNaN: true }),
    }),
  ),
  { maxLength: 30 },
);

/** Every design against every other one. */
function bruteForce(all: readonly Worth[]): number[] {
  const beats = (a: number, b: number) => {
    const [one, two] = [all[a]!, all[b]!];
    if (one.areaMm2 > two.areaMm2 || one.value > two.value) return false;
    return one.areaMm2 < two.areaMm2 || one.value < two.value || a < b;
  };
  return all.flatMap((_, i) => (all.some((__, j) => j !== i && beats(j, i)) ? [] : [i]));
}

test("the designs that a comparison of all pairs leaves, areas rising and values falling", () => {
  fc.assert(
    fc.property(designs, (all) => {
      const front = nondominated(all);
      expect([...front].sort((a, b) => a - b)).toEqual(bruteForce(all));
      for (const [n, i] of front.entries()) {
        if (n === 0) continue;
        const earlier = all[front[n - 1]!]!;
        expect(all[i]!.areaMm2).toBeGreaterThan(earlier.areaMm2);
        expect(all[i]!.value).toBeLessThan(earlier.value);
      }
    }),
  );
});

test("the best within a limit of area is the least value of all that keep it", () => {
  fc.assert(
    fc.property(designs, few, (all, limit) => {
      const kept = all.filter(({ areaMm2 }) => areaMm2 <= limit);
      const best = bestWithin(all, limit);
      if (kept.length === 0) expect(best).toBe(-1);
      else expect(all[best]!.value).toBe(Math.min(...kept.map(({ value }) => value)));
    }),
  );
});
