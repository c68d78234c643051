import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divisors } from "../numbers/divisors.js";
import { matmul } from "./matmul.js";
import { extraWork, paddedBounds, paddedProblem, padProblem } from "./padding.js";

describe("paddedBounds", () => {
  it("lists what has more divisors or a higher power of two than all before", () => {
    // 197 is prime; 198 = 2 3^2 11, 200 = 2^3 5^2, 208 = 2^4 13, 210 = 2 3 5 7; 216 has as many divisors and a lower
    // power than 208.
    expect(paddedBounds(197, "auto")).toEqual([198, 200, 208, 210]);
    expect(paddedBounds(127, "auto")).toEqual([128, 132]);
    expect(paddedBounds(13, "auto")).toEqual([14]);
    expect(paddedBounds(14, 0.25)).toEqual([16]);
    // 50,274 = 2 3^3 7^2 19 has 48 divisors, so that 50,280 = 2^3 3 5 419 with 32 brings nothing; 50,304 = 2^7 3 131
    // does.
    expect(paddedBounds(50_257, 0.001)).toEqual([50_258, 50_260, 50_264, 50_272, 50_274, 50_304]);
  });

  it("leaves alone what needs none, and everything when off", () => {
    for (const bound of [1, 2, 7, 49, 56, 512, 768]) expect(paddedBounds(bound, "auto")).toEqual([]);
    for (const bound of [13, 197, 50_257]) expect(paddedBounds(bound, "off")).toEqual([]);
  });

  it("stays within the growth, ascends, and leaves out no better bound", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 0.5, noNaN: true }), (bound, growth) => {
        const found = paddedBounds(bound, growth);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        for (const larger of found) {
          expect(larger).toBeGreaterThan(bound);
          expect(larger).toBeLessThanOrEqual(bound * (1 + growth) * (1 + 1e-9));
        }
        const most = Math.max(...[bound, ...found].map((n) => divisors(n).length));
        for (let n = bound; n <= bound * (1 + growth); n++) expect(divisors(n).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 50 },
    );
  });
});

describe("padProblem", () => {
  it("names the bounds that a dimension may be padded to, and what is run is a problem of its own", () => {
    const problem = matmul({ m: 197, n: 64, k: 12 });
    expect(padProblem(problem, "off")).toEqual(problem);
    const padded = padProblem(problem, "auto");
    expect(padded.paddings).toEqual({ P: [198, 200, 208, 210] });
    expect(paddedProblem(padded, { P: [197, 200] })).toEqual({ ...problem, dims: { ...problem.dims, P: 200 } });
    expect(paddedProblem(problem)).toEqual(problem);
    expect(padProblem({ ...problem, paddings: { K: [72] } }, "auto").paddings).toEqual({ K: [72] });
    expect(padProblem(padded, "off")).toEqual(problem);
    expect(extraWork({ P: [197, 200] })).toBeCloseTo(3 / 197, 12);
  });
});
