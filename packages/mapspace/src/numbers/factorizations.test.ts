import { describe, expect, it } from "vitest";
import { factorizationCount, factorizations } from "./factorizations.js";

/** All tuples of numbers from 1 to n whose product is n, in lexicographic order, found by trying every tuple. */
function bruteForce(n: number, parts: number): number[][] {
  let tuples: number[][] = [[]];
  for (let part = 0; part < parts; part++) {
    tuples = tuples.flatMap((tuple) => Array.from({ length: n }, (_, i) => [...tuple, i + 1]));
  }
  return tuples.filter((tuple) => tuple.reduce((product, factor) => product * factor, 1) === n);
}

describe("factorizations", () => {
  it("are all tuples whose product is the number, in lexicographic order", () => {
    for (const [largest, parts] of [
      [40, 1],
      [40, 2],
      [30, 3],
      [12, 4],
    ] as const) {
      for (let n = 1; n <= largest; n++) {
        expect(factorizations(n, parts).map((factors) => [...factors])).toEqual(bruteForce(n, parts));
      }
    }
  });

  it("into no parts: one of 1, none of anything else", () => {
    expect(factorizations(1, 0)).toEqual([new Float64Array(0)]);
    expect(factorizations(6, 0)).toEqual([]);
  });
});

describe("factorizationCount", () => {
  it("is the length of the list", () => {
    for (let parts = 0; parts <= 4; parts++) {
      for (let n = 1; n <= 130; n++) {
        expect(factorizationCount(n, parts)).toBe(BigInt(factorizations(n, parts).length));
      }
    }
  });

  it("counts what nobody would list", () => {
    // 2^20 over 8 parts: 20 twos among 8 places, C(27, 7).
    expect(factorizationCount(2 ** 20, 8)).toBe(888_030n);
    // C(60, 30) is more than a double holds.
    expect(factorizationCount(3 ** 30, 31)).toBe(118_264_581_564_861_424n);
    // C(57, 7) * C(13, 7), of primes that stand side by side.
    expect(factorizationCount(2 ** 40 * 3 ** 6, 8)).toBe(62_891_499n * 1716n);
  });
});
