import { expect, it } from "vitest";
import { bottleneck } from "./bottleneck.js";

const levels = (cycles: Record<string, number>) =>
  Object.fromEntries(Object.entries(cycles).map(([name, own]) => [name, { cycles: own, tensors: {} }]));

it("is the level that takes longest, the outermost of equals, compute before all", () => {
  expect(bottleneck({ computeCycles: 5, levels: levels({ DRAM: 5, Buffer: 4 }) })).toBe("compute");
  expect(bottleneck({ computeCycles: 5, levels: levels({ DRAM: 6, Buffer: 6 }) })).toBe("DRAM");
  expect(bottleneck({ computeCycles: 5, levels: levels({ DRAM: 6, Buffer: 7 }) })).toBe("Buffer");
});
