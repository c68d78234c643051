import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greatestSize, isSize, leastSize, nearestSize, sizeFrom, sizeUpTo, sizeValues } from "./free-size.js";

const size = (min: number, max: number, step?: number) => ({
  name: "n",
  description: "",
  min,
  max,
  default: min,
  ...(step !== undefined && { step }),
});

describe("the values of a size", () => {
  it("are the multiples of its step in its range, not steps from its minimum", () => {
    const odd = size(2, 70, 16);
    expect([...sizeValues(odd)]).toEqual([16, 32, 48, 64]);
    expect([leastSize(odd), greatestSize(odd)]).toEqual([16, 64]);
    expect([2, 16, 18, 64, 70, 80].map((value) => isSize(odd, value))).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect([-5, 2, 23, 25, 70, 1000].map((value) => nearestSize(odd, value))).toEqual([16, 16, 16, 32, 64, 64]);
    expect([sizeFrom(odd, 17), sizeUpTo(odd, 31.9)]).toEqual([32, 16]);
  });

  it("count by ones without a step, and may be fractions", () => {
    expect([...sizeValues(size(3, 6.5))]).toEqual([3, 4, 5, 6]);
    const tenths = size(0.1, 0.7, 0.1);
    expect(sizeValues(tenths)).toHaveLength(7);
    expect([0.1, 0.3, 0.7, 0.35].map((value) => isSize(tenths, value))).toEqual([true, true, true, false]);
  });

  it("are none if no multiple lies in the range", () => {
    expect([...sizeValues(size(3, 5, 16))]).toEqual([]);
    expect([0, 3, 4, 16].some((value) => isSize(size(3, 5, 16), value))).toBe(false);
  });

  it("agree with each other", () => {
    const amount = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(amount, amount, amount, amount, fc.constantFrom(1, 0.1, 0.5), (min, more, step, value, unit) => {
        const any = size(min * unit, (min + more) * unit, step * unit);
        const values = [...sizeValues(any)];
        const multiples = Array.from({ length: min + more + 1 }, (_, i) => i).filter((i) => i % step === 0 && i >= min);
        expect(values.map((one) => Math.round(one / unit))).toEqual(multiples);
        for (const one of values) expect(isSize(any, one)).toBe(true);
        if (values.length === 0) return;
        expect([leastSize(any), greatestSize(any)]).toEqual([values[0], values.at(-1)]);
        expect(values).toContain(nearestSize(any, value * unit));
      }),
    );
  });
});
