import { divisors, primeFactors } from "../numbers/divisors.js";
import type { Problem } from "./problem.js";

/**
 * How far dimensions may be run beyond their bounds: `off`, not at all; a number, each by up to that part of its bound
 * (0.1: 10 %); `auto`, by up to 10 % where a bound has a prime factor above 7, and so leaves few ways to cut it.
 */
export type Padding = "auto" | "off" | number;

const AUTO_GROWTH = 0.1;
/** The largest prime factor that `auto` leaves alone. */
const SMOOTH = 7;
/** No bound is padded by more: among so many numbers there are ones with hundreds of divisors. */
const MOST_ADDED = 10_000;

/**
 * The bounds a dimension may be padded to: from its own upwards, each that has more divisors, or a higher power of two,
 * than all before it. 197 within 10 % is run at 198, 200, 208, 210 or 216. What this leaves out offers hardly a tile
 * that a smaller one does not.
 *
 * @returns Larger bounds, ascending, without the bound itself; at most 10,000 beyond it.
 */
export function paddedBounds(bound: number, padding: Padding): number[] {
  const most = Math.min(Math.floor(bound * (1 + growthOf(bound, padding)) * (1 + 1e-12)), bound + MOST_ADDED);
  const found: number[] = [];
  let count = divisors(bound).length;
  let power = powerOfTwo(bound);
  for (let larger = bound + 1; larger <= most; larger++) {
    const own = divisors(larger).length;
    if (own <= count && powerOfTwo(larger) <= power) continue;
    count = Math.max(count, own);
    power = Math.max(power, powerOfTwo(larger));
    found.push(larger);
  }
  return found;
}

function growthOf(bound: number, padding: Padding): number {
  if (padding === "off" || bound === 1) return 0;
  if (padding !== "auto") return padding;
  return primeFactors(bound).at(-1)! > SMOOTH ? AUTO_GROWTH : 0;
}

/** The largest power of two that divides a number. */
function powerOfTwo(n: number): number {
  let power = 1;
  while (n % (2 * power) === 0) power *= 2;
  return power;
}

/**
 * The problem with the bounds that its dimensions may be padded to, unless it names them itself; with `off`, without
 * any.
 */
export function padProblem(problem: Problem, padding: Padding): Problem {
  if (padding === "off") return paddedProblem(problem);
  if (problem.paddings !== undefined) return problem;
  const entries = Object.entries(problem.dims).map(([dim, bound]) => [dim, paddedBounds(bound, padding)] as const);
  const paddings = Object.fromEntries(entries.filter(([, larger]) => larger.length > 0));
  return Object.keys(paddings).length === 0 ? problem : { ...problem, paddings };
}

/** Dimensions that are padded, by name: the bound of each, and the larger one that it is run at. */
export type PaddedDims = Readonly<Record<string, readonly [bound: number, runAt: number]>>;

/** The problem that is run when dimensions are padded: some bounds are larger, all else is the same. */
export function paddedProblem(problem: Problem, padded: PaddedDims = {}): Problem {
  const { paddings: _, ...plain } = problem;
  const larger = Object.fromEntries(Object.entries(padded).map(([dim, [, runAt]]) => [dim, runAt]));
  return { ...plain, dims: { ...problem.dims, ...larger } };
}

/** How much more work is done when dimensions are padded: 3 / 197 where 197 is run as 200. */
export function extraWork(padded: PaddedDims = {}): number {
  return Object.values(padded).reduce((product, [bound, runAt]) => (product * runAt) / bound, 1) - 1;
}
