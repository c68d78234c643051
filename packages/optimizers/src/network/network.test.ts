import { conv, emptyNeeds, gemmini, type Hardware, LoopnestError, matmul } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import type { Objective } from "../search/objective.js";
import { raiseNeeds } from "./needs.js";
import { evaluateDesign, evaluateDesignOn, largestHardware, makeNetwork, slotCaps } from "./network.js";

const model = analyticalModel(gemmini);
const layers = [
  { problem: conv({ name: "a", R: 3, S: 3, P: 8, Q: 8, C: 16, K: 32 }), count: 2 },
  { problem: matmul({ name: "b", m: 8, n: 8, k: 24 }), count: 5 },
];
const workload = { name: "two layers", description: "", source: "test", layers };
const prepare = (fixed: Hardware = {}, objective: Objective = { name: "edp" }) =>
  makeNetwork({ model, workload, objective, fixed });

/** Nests with everything at DRAM, but for 16 columns of the first layer. */
function nests(prepared: ReturnType<typeof prepare>) {
  return prepared.layers.map(({ model: { space } }, i) => {
    const nest = space.nest();
    const k = space.shape.dims.indexOf("K");
    const columns = space.slotsOf[k]!.find((slot) => space.slots[slot]!.kind === "X")!;
    const dram = space.slotsOf[k]!.find((slot) => space.slots[slot]!.level === 0)!;
    if (i === 0) {
      nest.factor[columns] = 16;
      nest.factor[dram] = 2;
    }
    return nest;
  });
}

describe("network", () => {
  it("has a layer for every one of the workload, and NaN for every size that is free", () => {
    const prepared = prepare({ scratchpadKb: 8 });
    expect(prepared.layers.map(({ name, count }) => [name, count])).toEqual([
      ["a", 2],
      ["b", 5],
    ]);
    expect([...prepared.fixed]).toEqual([Number.NaN, 8, Number.NaN]);
  });

  it("refuses an empty workload, and sizes that the target does not have or allow", () => {
    const none = { model, workload: { ...workload, layers: [] }, objective: { name: "edp" as const }, fixed: {} };
    expect(() => makeNetwork(none)).toThrow("two layers has no layers");
    expect(() => prepare({ columns: 8 })).toThrowError(LoopnestError);
    expect(() => prepare({ peDim: 129 })).toThrow("peDim is 129");
  });

  it("caps spatial slots at the fan-out of the largest hardware", () => {
    for (const [fixed, columns] of [
      [{}, 128],
      [{ peDim: 4 }, 4],
    ] as const) {
      const prepared = prepare(fixed);
      const { space } = prepared.layers[0]!.model;
      expect(largestHardware(prepared).maxSizes[0]).toBe(columns);
      slotCaps(prepared, space).forEach((cap, slot) => {
        expect(cap).toBe(space.slots[slot]!.kind === "temporal" ? Number.POSITIVE_INFINITY : columns);
      });
    }
  });
});

describe("evaluateDesign", () => {
  it("takes the smallest hardware of all layers, and adds their exact costs up by count", () => {
    const prepared = prepare();
    const design = evaluateDesign(prepared, nests(prepared))!;
    expect(design.hardware).toEqual({ peDim: 16, scratchpadKb: 1, accumulatorKb: 1 });
    const architecture = priceTarget(gemmini, builtInEnergyTable("dosa")).architecture(design.hardware);
    const found = design.layers.map(({ mapping }, i) => evaluate(layers[i]!.problem, architecture, mapping));
    expect(design.layers.map((layer) => layer.latencyCycles)).toEqual(found.map(({ cycles }) => cycles));
    expect(design.latencyCycles).toBe(2 * found[0]!.cycles + 5 * found[1]!.cycles);
    expect(design.energyUj).toBeCloseTo((2 * found[0]!.energyPj + 5 * found[1]!.energyPj) / 1e6, 9);
    expect(design.areaMm2).toBeCloseTo(found[0]!.areaMm2, 12);
    expect(design.value).toBeCloseTo(design.energyUj * design.latencyCycles, 6);
  });

  it("is null if no hardware fits, or a limit is broken", () => {
    const fixed = prepare({ peDim: 8 });
    expect(evaluateDesign(fixed, nests(fixed))).toBeNull();
    const { areaMm2, latencyCycles } = evaluateDesign(prepare(), nests(prepare()))!;
    for (const [limits, kept] of [
      [{ maxAreaMm2: areaMm2, maxLatencyCycles: latencyCycles }, true],
      [{ maxAreaMm2: areaMm2 * 0.999 }, false],
      [{ maxLatencyCycles: latencyCycles - 1 }, false],
    ] as const) {
      const prepared = prepare({}, { name: "edp", ...limits });
      expect(evaluateDesign(prepared, nests(prepared)) !== null).toBe(kept);
    }
  });

  it("on given sizes costs at least as much as on the smallest", () => {
    const prepared = prepare({}, { name: "energy" });
    const smallest = evaluateDesign(prepared, nests(prepared))!;
    const larger = evaluateDesignOn(prepared, nests(prepared), Float64Array.of(32, 64, 64))!;
    expect(larger.hardware).toEqual({ peDim: 32, scratchpadKb: 64, accumulatorKb: 64 });
    expect(larger.value).toBeGreaterThan(smallest.value);
  });
});

describe("raiseNeeds", () => {
  it("takes the larger of every entry", () => {
    const [into, from] = [emptyNeeds(2), emptyNeeds(2)];
    into.words.set([5, 1]);
    from.words.set([3, 4]);
    from.y.set([0, 7]);
    raiseNeeds(into, from);
    expect([...into.words, ...into.x, ...into.y]).toEqual([5, 4, 0, 0, 0, 7]);
  });
});
