import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "./random.js";

const stream = (source: Random, n = 1000) => Array.from({ length: n }, () => source.uniform());
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("random", () => {
  it("gives the same stream for the same seed and path", () => {
    expect(stream(seededRandom(7, 1, 2))).toEqual(stream(seededRandom(7, 1, 2)));
  });

  it("gives unrelated streams for neighbouring seeds and paths", () => {
    const streams = [
      seededRandom(1),
      seededRandom(2),
      seededRandom(1, 0),
      seededRandom(1, 1),
      seededRandom(0, 1),
      seededRandom(-1),
      seededRandom(1, 1, 0),
    ].map((source) => stream(source));
    streams.forEach((a, i) => {
      for (const b of streams.slice(i + 1)) {
        const correlation = mean(a.map((x, k) => (x - 0.5) * (b[k]! - 0.5))) * 12;
        // Of 1000 pairs the standard deviation is 0.032.
        expect(Math.abs(correlation)).toBeLessThan(0.15);
      }
    });
  });

  it("tells seeds beyond 32 bits apart only by their low bits", () => {
    expect(stream(seededRandom(2 ** 32 + 5), 3)).toEqual(stream(seededRandom(5), 3));
  });

  it("is uniform in [0, 1)", () => {
    const values = stream(seededRandom(3), 20_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const deciles = Array.from({ length: 10 }, (_, k) => values.filter((value) => Math.floor(value * 10) === k).length);
    // 2000 each, with a standard deviation of 42.
    for (const count of deciles) expect(Math.abs(count - 2000)).toBeLessThan(210);
  });

  it("draws whole numbers below a bound, all of them", () => {
    const source = seededRandom(4);
    const seen = new Set(Array.from({ length: 200 }, () => source.below(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(Array.from({ length: 200 }, () => source.pick("abc".split(""))))).toEqual(new Set(["a", "b", "c"]));
  });

  it("draws normal numbers of mean 0 and variance 1", () => {
    const source = seededRandom(5);
    const values = Array.from({ length: 20_000 }, () => source.normal());
    expect(values.every(Number.isFinite)).toBe(true);
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(values.map((value) => value ** 4))).toBeCloseTo(3, 0);
  });
});
