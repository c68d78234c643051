import { expect, test } from "vitest";
import type { SearchJob } from "../jobs/job.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { bundling, MOST_KEYS } from "./bundles.js";

const inputs = {} as SearchInputs;
const job = (method: string, samples = 10) =>
  ({ plan: { inputs, method, options: { seed: 1, samples } } }) as unknown as SearchJob;

/** Adds jobs until one is to wait. @returns Their keys. */
function fill(bundles: ReturnType<typeof bundling>, own: SearchJob, most: number): string[] {
  const keys: string[] = [];
  while (keys.length < most && !bundles.isToWait(own)) {
    const key = `${own.plan.method}${own.plan.options.samples}-${keys.length}`;
    bundles.add(key, own);
    keys.push(key);
  }
  return keys;
}

test("jobs of an unknown kind travel alone, and not more than are needed to know it", () => {
  const bundles = bundling();
  expect(fill(bundles, job("random"), 1000)).toHaveLength(32);
  expect(bundles.take().map(({ keys }) => keys.length)).toEqual(Array(32).fill(1));
  bundles.mostUntried = 100;
  expect(fill(bundles, job("random", 20), 1000)).toHaveLength(68);
});

test.each([
  [0.001, MOST_KEYS],
  [0.1, 5],
  [0.3, 1],
  [100, 1],
])("jobs of %d seconds travel in bundles of %d, each job in one", (seconds, length) => {
  const bundles = bundling();
  const own = job("random");
  bundles.add("first", own);
  bundles.ended("first", own, seconds);
  bundles.take();
  const keys = fill(bundles, own, 10 * length);
  const filled = bundles.take();
  expect(filled.flatMap((bundle) => bundle.keys)).toEqual(keys);
  expect(filled.map((bundle) => bundle.keys.length)).toEqual(Array(10).fill(length));
  expect(new Set(filled.map(({ id }) => id)).size).toBe(10);
  expect(bundles.size).toBe(10);
  // What is sent again is the same bundle, without what has ended.
  bundles.ended(keys[0]!, own, seconds);
  const again = bundles.of(keys);
  expect(again.flatMap((bundle) => bundle.keys)).toEqual(keys.slice(1));
  expect(again.map(({ id }) => id)).toEqual(filled.slice(length === 1 ? 1 : 0).map(({ id }) => id));
});

test("exact searches travel alone, however short others were", () => {
  const bundles = bundling();
  const own = job("exact");
  bundles.add("first", own);
  bundles.ended("first", own, 0.001);
  bundles.take();
  fill(bundles, own, 50);
  expect(bundles.take().map(({ keys }) => keys.length)).toEqual(Array(50).fill(1));
});
