import { divisors } from "./divisors.js";

const cache = new Map<string, readonly Float64Array[]>();

/**
 * All ways to write `n` as an ordered product of `parts` positive integers, in lexicographic order. Lists are kept and
 * given out again: do not write into them.
 *
 * 2^a * 3^b * ... has C(a + parts - 1, parts - 1) * C(b + parts - 1, parts - 1) * ... of them.
 */
export function factorizations(n: number, parts: number): readonly Float64Array[] {
  const key = `${n}/${parts}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const all: Float64Array[] = [];
  const current = new Float64Array(parts);
  const fill = (part: number, rest: number) => {
    if (part === parts - 1) {
      current[part] = rest;
      all.push(current.slice());
      return;
    }
    for (const divisor of divisors(rest)) {
      current[part] = divisor;
      fill(part + 1, rest / divisor);
    }
  };
  if (parts > 0) fill(0, n);
  else if (n === 1) all.push(current);
  cache.set(key, all);
  return all;
}

/** How many `factorizations` there are, without listing them. */
export function factorizationCount(n: number, parts: number): bigint {
  if (parts === 0) return n === 1 ? 1n : 0n;
  let count = 1n;
  let rest = n;
  for (let p = 2; rest > 1; p++) {
    if (p * p > rest) p = rest;
    let exponent = 0;
    for (; rest % p === 0; rest /= p) exponent++;
    count *= choose(exponent + parts - 1, parts - 1);
  }
  return count;
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}
