import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divide, evaluateMonomial, multiply, parseMonomial } from "./monomial.js";

const names = ["a", "b"];
const value = (text: string | number, a: number, b: number) => evaluateMonomial(parseMonomial(text, names), [a, b]);

describe("parseMonomial", () => {
  it.each<[string | number, number]>([
    [7, 7],
    ["7", 7],
    ["2 * a", 6],
    ["a^2", 9],
    ["1024 * b / a", (1024 * 5) / 3],
    ["a / b / 2", 0.3],
    ["2^3 * 0.5", 4],
    ["b/a^2*a", 5 / 3],
    ["a / a", 1],
  ])("reads %s", (text, expected) => {
    expect(value(text, 3, 5)).toBeCloseTo(expected, 12);
  });

  it.each(["a + b", "", "2 *", "c", "a^b", "a^0.5", "(a)", "-1", "2 a"])("refuses %s", (text) => {
    expect(() => parseMonomial(text, names, "levels[0].instances")).toThrowError(
      expect.objectContaining({
        code: "input",
        data: expect.objectContaining({ path: "levels[0].instances", got: text }),
      }),
    );
  });

  it.each(["a^9007199254740993", "a^17", "1 / a^9 / a^9", "a^8 * b * a^9"])(
    "refuses %s: no machine grows so",
    (text) => {
      expect(() => parseMonomial(text, names)).toThrowError(/to the power of -?\d+; give an exponent from -16 to 16/);
    },
  );

  it("names an unknown size and those that there are", () => {
    expect(() => parseMonomial("2 * peDim", names)).toThrowError(/unknown size peDim.*a, b/);
  });
});

const monomials = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }))
  .map(([coefficient, a, b]) => ({ coefficient, exponents: [a, b] }));
const sizes = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }));

describe("evaluateMonomial", () => {
  it("is the coefficient times the powers of the sizes", () => {
    fc.assert(
      fc.property(monomials, sizes, (monomial, [a, b]) => {
        const expected = monomial.coefficient * a ** monomial.exponents[0]! * b ** monomial.exponents[1]!;
        expect(evaluateMonomial(monomial, [a, b]) / expected).toBeCloseTo(1, 12);
      }),
    );
  });

  it("turns multiply and divide into products and quotients", () => {
    fc.assert(
      fc.property(monomials, monomials, sizes, (left, right, at) => {
        const [x, y] = [evaluateMonomial(left, at), evaluateMonomial(right, at)];
        expect(evaluateMonomial(multiply(left, right), at) / (x * y)).toBeCloseTo(1, 12);
        expect(evaluateMonomial(divide(left, right), at) / (x / y)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("keeps whole numbers whole", () => {
    expect(value("1024 * a / b", 3, 16)).toBe(192);
    expect(value("a^2", 128, 1)).toBe(16_384);
  });
});
