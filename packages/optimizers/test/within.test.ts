import { conv, type Layer } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { annealing, descent, exact, type Objective, runSearch, type SearchTask } from "../src/index.js";
import { exhaustiveSearch } from "./exhaustive-search.js";
import { everyHardware, smallGemmini, steepTable } from "./small-targets.js";

const layer = (count: number, shape: Partial<Parameters<typeof conv>[0]>): Layer => ({
  count,
  problem: conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1, ...shape }),
});
const workload = {
  ...{ name: "two", description: "", source: "" },
  layers: [layer(2, { R: 2, P: 4, C: 3, K: 2, stride: 2 }), layer(1, { P: 4, C: 4, K: 3 })],
};
const model = analyticalModel(smallGemmini, { table: steepTable });
const truth = exhaustiveSearch(model, workload, everyHardware(smallGemmini));
const task = (objective: Objective): SearchTask => ({ model, workload, objective, fixed: {} });
const EXACT = { seed: 1, samples: 1, firstSamples: 0 };

/**
 * What exhaustive search finds step by step: the best, then the least area and the least energy within the share of it.
 */
function expected(name: "edp" | "energy" | "latency", share: number) {
  const best = truth({ name });
  const limit = { edp: "maxEdp", energy: "maxEnergyUj", latency: "maxLatencyCycles" } as const;
  const within = { [limit[name]]: best * (1 + share) * (1 + 1e-12) };
  const area = truth({ name: "area", ...within });
  const energy = truth({ name: "energy", ...within, maxAreaMm2: area * (1 + 1e-12) });
  return { best, area, energy };
}

describe("the smallest design within a share of the best", () => {
  for (const name of ["edp", "energy", "latency"] as const) {
    for (const within of [0.02, 0.1, 0.5]) {
      it(`is certified step by step: ${name}, ${within}`, async () => {
        const found = await runSearch(exact, task({ name }), { ...EXACT, within });
        const { best, area, energy } = expected(name, within);
        expect(found.within!.value / best).toBeCloseTo(1, 12);
        expect(found.lowerBound! / best).toBeCloseTo(1, 12);
        expect(found.best!.areaMm2 / area).toBeCloseTo(1, 12);
        expect(found.best!.energyUj / energy).toBeCloseTo(1, 10);
        expect(found.best!.value).toBeLessThanOrEqual(best * (1 + within) * (1 + 1e-12));
        for (const { value, lowerBound } of found.within!.bounds) expect(lowerBound! / value).toBeCloseTo(1, 12);
      });
    }
  }

  it("is of least energy where area is the objective", async () => {
    const found = await runSearch(exact, task({ name: "area", maxEdp: 2 * truth({ name: "edp" }) }), {
      ...EXACT,
      within: 0.2,
    });
    const area = truth({ name: "area", maxEdp: 2 * truth({ name: "edp" }) });
    const energy = truth({ name: "energy", maxEdp: 2 * truth({ name: "edp" }), maxAreaMm2: 1.2 * area });
    expect(found.within!.value / area).toBeCloseTo(1, 12);
    expect(found.best!.energyUj / energy).toBeCloseTo(1, 10);
  });

  for (const method of [descent, annealing]) {
    it(`stays within the share and is no larger than the best, by any method: ${method.name}`, async () => {
      const found = await runSearch(method, task({ name: "edp" }), { seed: 1, samples: 400, within: 0.2 });
      expect(found.best!.value).toBeLessThanOrEqual(found.within!.value * 1.2);
      expect(found.best!.areaMm2).toBeLessThanOrEqual(found.within!.areaMm2);
      expect(found.best!.areaMm2).toBeGreaterThanOrEqual(expected("edp", 0.2).area * (1 - 1e-12));
      expect(found.lowerBound).toBeUndefined();
    });
  }

  it("comes as small as it gets on a small machine by descent", async () => {
    const found = await runSearch(descent, task({ name: "edp" }), { seed: 1, samples: 3000, within: 0.1 });
    expect(found.best!.areaMm2 / expected("edp", 0.1).area).toBeCloseTo(1, 6);
  });

  it("is refused where area is weighed already, and for no share", async () => {
    await expect(runSearch(exact, task({ name: "edap" }), { ...EXACT, within: 0.1 })).rejects.toThrow(
      "EDAP weighs area itself",
    );
    await expect(runSearch(exact, task({ name: "edp" }), { ...EXACT, within: 0 })).rejects.toThrow("a share above 0");
  });
});
