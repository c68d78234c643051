import { describe, expect, it } from "vitest";
import { design, result } from "../../test/made-results.js";
import { combine } from "./combine.js";

describe("combine", () => {
  it("certifies by the greatest of the parts' bounds: each holds of all designs; no bound takes nothing", () => {
    const parts = [result(1, [8], { lowerBound: 5, gap: 0.6 }), result(1, [6], { lowerBound: 4, gap: 0.5 })];
    expect(combine("m", 1, parts)).toMatchObject({ best: design(6), lowerBound: 5, gap: 6 / 5 - 1 });
    expect(combine("m", 1, [...parts].reverse())).toMatchObject({ lowerBound: 5, gap: 6 / 5 - 1 });
    expect(combine("m", 1, [...parts, result(1, [7])])).toMatchObject({ best: design(6), lowerBound: 5 });
    expect(combine("m", 1, [result(1, [8]), result(1, [7])])).not.toHaveProperty("lowerBound");
  });

  it("adds up samples and seconds, and takes the best", () => {
    const combined = combine("m", 1, [result(10, [9, 8]), result(20, [7.5, 6]), result(5, [7])]);
    expect(combined).toMatchObject({
      method: "m",
      seed: 1,
      samples: 35,
      seconds: 3.5,
      best: design(6),
      stopped: false,
    });
  });

  it("strings convergences together, improvements only, samples counted on", () => {
    const { convergence } = combine("m", 1, [result(10, [9, 8]), result(20, [8.5, 6]), result(5, [7]), result(5, [3])]);
    expect(convergence.map(({ samples, value }) => [samples, value])).toEqual([
      [1, 9],
      [2, 8],
      [12, 6],
      [36, 3],
    ]);
    expect(convergence[2]!.seconds).toBeCloseTo(1.2, 12);
  });

  it("takes the first of equally good designs", () => {
    const first = result(1, [5], { best: design(5, 111) });
    const second = result(1, [5], { best: design(5, 222) });
    expect(combine("m", 1, [first, second]).best?.areaMm2).toBe(111);
    expect(combine("m", 1, [second, first]).best?.areaMm2).toBe(222);
  });

  it("knows results without a design, and stopped ones", () => {
    const combined = combine("m", 1, [result(3, []), result(4, [], { stopped: true })]);
    expect(combined).toMatchObject({ best: null, samples: 7, convergence: [], stopped: true });
    expect(combine("m", 1, [result(3, []), result(4, [2])]).best).toEqual(design(2));
  });

  it("leaves a single result as it is, with what only it has", () => {
    const only = result(3, [2], { lowerBound: 1, gap: 1 });
    expect(combine("m", 1, [only])).toBe(only);
  });
});
