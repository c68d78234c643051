import { conv, gemmini, nearestSize } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { randomSearch } from "../random-search/random-search.js";
import { runSearch } from "../search/run-search.js";
import { smallestHardware } from "./smallest-hardware.js";

const model = analyticalModel(gemmini);
const workload = { name: "one", layers: [{ problem: conv({ R: 3, S: 3, P: 4, Q: 4, C: 4, K: 6 }), count: 1 }] };

it("is of the least size in everything that is free, and keeps what is given", () => {
  const [peDim, scratchpad, accumulator] = gemmini.sizes;
  expect(smallestHardware({ model, workload, fixed: {} })!.hardware).toEqual({
    [peDim!.name]: peDim!.min,
    [scratchpad!.name]: scratchpad!.min,
    [accumulator!.name]: accumulator!.min,
  });
  const given = nearestSize(scratchpad!, 64);
  expect(smallestHardware({ model, workload, fixed: { [scratchpad!.name]: given } })!.hardware).toHaveProperty(
    scratchpad!.name,
    given,
  );
});

it("has no more area than any design that a search finds", async () => {
  const least = smallestHardware({ model, workload, fixed: {} })!.areaMm2;
  const task = { model, workload, objective: { name: "area" }, fixed: {} } as const;
  for (const seed of [1, 2, 3]) {
    const { best } = await runSearch(randomSearch, task, { seed, samples: 20 });
    expect(best!.areaMm2).toBeGreaterThanOrEqual(least);
  }
});
