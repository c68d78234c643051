import { describe, expect, it } from "vitest";
import { expectedImprovement } from "./expected-improvement.js";

describe("expectedImprovement", () => {
  it("is that of the normal distribution", () => {
    // cdf(0) = 1/2, pdf(0) = 0.3989423; cdf(1) = 0.8413447, pdf(1) = 0.2419707
    expect(expectedImprovement({ mean: 3, deviation: 2 }, 3)).toBeCloseTo(2 * 0.3989423, 6);
    expect(expectedImprovement({ mean: 1, deviation: 2 }, 3)).toBeCloseTo(2 * 0.8413447 + 2 * 0.2419707, 6);
    expect(expectedImprovement({ mean: 5, deviation: 2 }, 3)).toBeCloseTo(-2 * (1 - 0.8413447) + 2 * 0.2419707, 6);
  });

  it("is certain without deviation", () => {
    expect(expectedImprovement({ mean: 1, deviation: 0 }, 3)).toBe(2);
    expect(expectedImprovement({ mean: 4, deviation: 0 }, 3)).toBe(0);
  });
});
