import { describe, expect, it } from "vitest";
import { correlation, correlationSlope, scaled } from "./kernel.js";

describe("correlation", () => {
  it("is 1 at no distance and falls as Matérn 5/2", () => {
    const x = Float64Array.of(1, 2);
    expect(correlation(x, x)).toBe(1);
    // Distance 5, a = 5 sqrt(5).
    const a = 5 * Math.sqrt(5);
    expect(correlation(x, Float64Array.of(4, 6))).toBeCloseTo((1 + a + 125 / 3) * Math.exp(-a), 15);
  });

  it("has the slope that finite differences in the log of a length scale show", () => {
    const lengths = Float64Array.of(0.4, 1.5);
    const at = (shift: number) => {
      const changed = Float64Array.of(lengths[0]! * Math.exp(shift), lengths[1]!);
      return correlation(scaled([0.1, 0.2], changed), scaled([0.5, 0.9], changed));
    };
    const x = scaled([0.1, 0.2], lengths);
    const y = scaled([0.5, 0.9], lengths);
    const step = 1e-5;
    expect(correlationSlope(x, y) * (x[0]! - y[0]!) ** 2).toBeCloseTo((at(step) - at(-step)) / (2 * step), 9);
  });
});
