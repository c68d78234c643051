import { describe, expect, it } from "vitest";
import { divisors, primeFactors } from "./divisors.js";

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("divisors", () => {
  it("are those that trial division finds", () => {
    for (const n of upTo(600)) expect(divisors(n)).toEqual(upTo(n).filter((d) => n % d === 0));
  });

  it("of large numbers come in order", () => {
    expect(divisors(2 ** 40)).toEqual(Array.from({ length: 41 }, (_, k) => 2 ** k));
    expect(divisors(1e9 + 7)).toEqual([1, 1e9 + 7]);
  });
});

describe("primeFactors", () => {
  it("are primes, in order, that multiply to the number", () => {
    for (const n of upTo(600)) {
      const primes = primeFactors(n);
      expect(primes.reduce((product, p) => product * p, 1)).toBe(n);
      expect(primes).toEqual([...primes].sort((a, b) => a - b));
      for (const p of primes) expect(divisors(p)).toEqual([1, p]);
    }
  });

  it("repeat, and are none of 1", () => {
    expect(primeFactors(1)).toEqual([]);
    expect(primeFactors(2 ** 5 * 3 ** 2 * 1_000_003)).toEqual([2, 2, 2, 2, 2, 3, 3, 1_000_003]);
  });
});
