import { expect, it } from "vitest";
import type { FrontSearch } from "./front.js";
import { kneeOf } from "./knee.js";

function front(...designs: readonly (readonly [areaMm2: number, value: number])[]) {
  const searches = designs.map(([areaMm2, value], i): FrontSearch => {
    const design = { hardware: {}, value, areaMm2, edp: value, energyUj: 1, latencyCycles: value };
    return { name: String(i + 1), limitMm2: null, design, samples: 1, seconds: 1, best: String(i + 1) };
  });
  return { searches, front: searches.map(({ name }) => name) };
}

it("is the design farthest below the line between the ends, in logs", () => {
  // The line passes 10 at 10 mm2; 2 is far below, 5 less so.
  expect(kneeOf(front([1, 100], [10, 2], [100, 1]))).toBe("2");
  expect(kneeOf(front([1, 100], [3, 50], [10, 2], [30, 1.5], [100, 1]))).toBe("3");
});

it("is nothing where the front is straight, bends the other way, or has no middle", () => {
  expect(kneeOf(front([1, 100], [10, 10], [100, 1]))).toBeNull();
  expect(kneeOf(front([1, 100], [10, 50], [100, 1]))).toBeNull();
  expect(kneeOf(front([1, 100], [100, 1]))).toBeNull();
  expect(kneeOf(front())).toBeNull();
});
