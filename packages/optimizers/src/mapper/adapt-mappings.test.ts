import { conv, gemmini, makeMapspace, matmul, pointFromMapping, unflatten } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import type { SearchTask } from "../search/task.js";
import { adaptMappings } from "./adapt-mappings.js";

const workload = {
  name: "small",
  description: "",
  source: "test",
  layers: [
    { problem: conv({ R: 3, S: 3, P: 28, Q: 28, C: 32, K: 64 }), count: 2 },
    { problem: matmul({ m: 64, n: 256, k: 128 }), count: 1 },
  ],
};
const task: SearchTask = { model: analyticalModel(gemmini), workload, objective: { name: "edp" }, fixed: {} };
const names = gemmini.levels.map((level) => level.name);

/** Everything iterated in DRAM: fits any hardware. */
const outermost = workload.layers.map(({ problem }) => {
  const space = makeMapspace(gemmini, problem);
  return unflatten(space.shape, names, space.nest());
});

const priced = priceTarget(gemmini, builtInEnergyTable("dosa"));

describe("adaptMappings", () => {
  it("gives a design that fits the hardware exactly as it is, and costs what the exact model says", () => {
    const hardware = { peDim: 16, scratchpadKb: 32, accumulatorKb: 16 };
    const design = adaptMappings(task, outermost, hardware)!;
    expect(design.hardware).toEqual(hardware);
    let energyPj = 0;
    let cycles = 0;
    design.layers.forEach(({ mapping, count }, i) => {
      const cost = evaluate(workload.layers[i]!.problem, priced.architecture(hardware), mapping);
      energyPj += count * cost.energyPj;
      cycles += count * cost.cycles;
    });
    expect(design.value).toBeCloseTo((energyPj / 1e6) * cycles, 0);
  });

  it("makes mappings fit a smaller hardware, and goes on from there", () => {
    const wide = adaptMappings(task, outermost, { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 })!;
    const narrow = adaptMappings(
      task,
      wide.layers.map(({ mapping }) => mapping),
      { peDim: 8, scratchpadKb: 2, accumulatorKb: 1 },
    )!;
    expect(narrow.hardware).toEqual({ peDim: 8, scratchpadKb: 2, accumulatorKb: 1 });
    narrow.layers.forEach(({ mapping }, i) => {
      const { problem } = workload.layers[i]!;
      expect(() => evaluate(problem, priced.architecture(narrow.hardware), mapping)).not.toThrow();
      pointFromMapping(makeMapspace(gemmini, problem), mapping);
    });
  });

  it("is never worse than the mappings it is given, where these fit", () => {
    const hardware = { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 };
    const once = adaptMappings(task, outermost, hardware)!;
    const mappings = once.layers.map(({ mapping }) => mapping);
    expect(adaptMappings(task, mappings, hardware)!.value).toBeLessThanOrEqual(once.value);
  });

  it("keeps the limits of the objective", () => {
    const limited = { ...task, objective: { name: "edp", maxAreaMm2: 0.01 } as const };
    expect(adaptMappings(limited, outermost, {})).toBeNull();
  });
});
