import { describe, expect, it } from "vitest";
import type { Objective } from "../../search/objective.js";
import type { CostTable } from "../costs/cost-table.js";
import { makeBoxBounder } from "./box-bound.js";
import { goal } from "./goal.js";

/** One layer with two mappings, on one memory: 10 cycles and 100 pJ, or 20 cycles and 40 pJ. */
const table: CostTable = {
  areas: [Float64Array.of(0, 5)],
  baseAreaUm2: 10,
  pricedBy: [],
  prices: [],
  layers: [
    {
      count: 2,
      latency: Float64Array.of(10, 20),
      fixedEnergy: Float64Array.of(100, 40),
      accesses: [],
      needs: [Int32Array.of(0, 1)],
      mapping: Int32Array.of(0, 1),
    },
  ],
};
const box = { table, low: Int32Array.of(0), high: Int32Array.of(1), rows: [Int32Array.of(0, 1)] };

function bound(objective: Objective, cut = Number.POSITIVE_INFINITY) {
  return makeBoxBounder(1, goal(objective), { energyPj: 0, latencyCycles: 0 })(box, cut);
}

describe("the bound of a box", () => {
  it("is the best vertex of the hull", () => {
    expect(bound({ name: "edp" })!.value * 1e6).toBeCloseTo(800, 9);
    expect(bound({ name: "latency" })!.value).toBe(10);
    expect(bound({ name: "edp" })!.fraction).toBeNull();
  });

  it("takes the point where a limit on latency crosses the hull", () => {
    // Between (10, 100) and (20, 40) at 15 cycles lies 70 pJ.
    const energy = bound({ name: "energy", maxLatencyCycles: 15 })!;
    expect(energy.value * 1e6).toBeCloseTo(70, 9);
    expect(energy.fraction).toEqual({ layer: 0, latency: 10 });
    // 15 x 70 is more than 10 x 100: the vertex is better, but the limit leaves nothing below 19 x 46 = 874 otherwise.
    expect(bound({ name: "edp", maxLatencyCycles: 15 })!.fraction).toBeNull();
    expect(bound({ name: "edp", maxLatencyCycles: 19 })!.value * 1e6).toBeCloseTo(19 * 46, 9);
  });

  it("keeps a limit that is just kept, and leaves out what nothing keeps or beats", () => {
    expect(bound({ name: "energy", maxLatencyCycles: 20 })!.value * 1e6).toBeCloseTo(40, 9);
    expect(bound({ name: "edp", maxLatencyCycles: 10 })).not.toBeNull();
    expect(bound({ name: "edp", maxLatencyCycles: 9 })).toBeNull();
    expect(bound({ name: "edp", maxAreaMm2: 10e-6 })).not.toBeNull();
    expect(bound({ name: "edp", maxAreaMm2: 9e-6 })).toBeNull();
    expect(bound({ name: "latency" }, 10)).toBeNull();
  });

  it("places its choice on the least hardware, and says what that costs on top", () => {
    const { needs, areaUm2, energyPj, latencyCycles, regret } = bound({ name: "edap" })!;
    expect([[...needs], areaUm2, energyPj, latencyCycles]).toEqual([[1], 15, 40, 20]);
    expect(regret[0]).toBeCloseTo(5 / 15, 12);
  });
});
