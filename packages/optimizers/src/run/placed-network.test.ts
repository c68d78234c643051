import { gemmini, matmul } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { makeNetwork } from "../network/network.js";
import type { Objective } from "../search/objective.js";
import { makePlacedNetwork } from "./placed-network.js";

const model = analyticalModel(gemmini);
const layers = [{ problem: matmul({ m: 64, n: 48, k: 72 }), count: 3 }];
const workload = { name: "one layer", description: "", source: "test", layers };
const cost = { energyPj: 2e6, latencyCycles: 5 };

function valueAt(objective: Objective): number {
  const placed = makePlacedNetwork(makeNetwork({ model, workload, objective, fixed: {} }), { spend: () => {} });
  placed.place(Float64Array.of(16, 64, 64));
  return placed.value([cost]);
}

describe("placedNetwork", () => {
  it("values the totals by the objective", () => {
    expect(valueAt({ name: "edp" })).toBeCloseTo(6 * 15, 9);
    expect(valueAt({ name: "latency", maxLatencyCycles: 15 })).toBe(15);
  });

  it("raises the value by the eighth power of what is beyond a limit", () => {
    expect(valueAt({ name: "latency", maxLatencyCycles: 7.5 })).toBeCloseTo(15 * 2 ** 8, 9);
    const area = valueAt({ name: "edap" }) / valueAt({ name: "edp" });
    const within = valueAt({ name: "energy" });
    expect(valueAt({ name: "energy", maxAreaMm2: area * 1.001 })).toBe(within);
    expect(valueAt({ name: "energy", maxAreaMm2: area / 2 }) / within).toBeCloseTo(2 ** 8, 6);
    expect(valueAt({ name: "energy", maxAreaMm2: area / 2, maxLatencyCycles: 7.5 }) / within).toBeCloseTo(2 ** 16, 2);
  });
});
