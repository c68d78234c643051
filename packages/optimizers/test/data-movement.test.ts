import {
  clonePoint,
  conv,
  type DataMovement,
  emptyMachine,
  gemmini,
  makeNestPoint,
  type PerformanceModel,
  seededRandom,
  type Target,
  type Workload,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { makeNetworkGradient } from "../src/descent/network-gradient.js";
import { randomStart } from "../src/descent/start-point.js";
import { descent, exact, objectiveNames, runSearch } from "../src/index.js";
import { evaluateDesign, makeNetwork } from "../src/network/network.js";
import { exhaustiveSearch } from "./exhaustive-search.js";
import { everyHardware, smallGemmini, steepTable } from "./small-targets.js";

const dataMovement: DataMovement[] = [
  { name: "pool", kind: "MaxPool", count: 2, wordsRead: 90, wordsWritten: 24 },
  { name: "add", kind: "Add", count: 1, wordsRead: 33, wordsWritten: 17 },
];
const layers = [
  { problem: conv({ R: 2, S: 1, P: 4, Q: 1, C: 3, K: 2, stride: 2 }), count: 2 },
  { problem: conv({ R: 1, S: 1, P: 4, Q: 1, C: 4, K: 3 }), count: 1 },
];
const bare: Workload = { name: "bare", description: "", source: "", layers };
const workload: Workload = { ...bare, name: "with movement", dataMovement };

/** Gemmini with a DRAM that is searched, too. */
const wideDram: Target = {
  ...gemmini,
  name: "wide-dram",
  sizes: [{ name: "lanes", description: "", min: 1, max: 64, default: 8 }, ...gemmini.sizes],
  levels: gemmini.levels.map((level, l) =>
    l === 0 ? { ...level, blockSize: "8 * lanes", bandwidthWordsPerCycle: { shared: "lanes" } } : level,
  ),
};

describe("data movement", () => {
  it("is on top of the layers' costs, on the design's own machine", () => {
    const model = analyticalModel(gemmini);
    const designs = [bare, workload].map((each) => {
      const prepared = makeNetwork({ model, workload: each, objective: { name: "edp" }, fixed: {} });
      const nests = prepared.layers.map((layer) => layer.model.space.nest());
      return evaluateDesign(prepared, nests)!;
    });
    const [without, with_] = designs as [(typeof designs)[0], (typeof designs)[0]];
    const machine = emptyMachine(gemmini.levels.length);
    model.machine(Float64Array.from(Object.values(with_.hardware)), "exact", machine);
    const moved = model.movementCost(dataMovement, machine, "exact");
    // 64 words a row, 8 words a cycle: 2 + 1 rows and 114 / 8 cycles twice, 1 + 1 rows and 50 / 8 cycles.
    expect(moved).toEqual({ energyPj: 8 * 6400, latencyCycles: 2 * 15 + 7 });
    expect(with_.energyUj).toBeCloseTo(without.energyUj + moved.energyPj / 1e6, 12);
    expect(with_.latencyCycles).toBe(without.latencyCycles + moved.latencyCycles);
    expect(with_.layers).toEqual(without.layers);
    expect(with_.value).toBeCloseTo(with_.energyUj * with_.latencyCycles, 9);
  });

  it("has a gradient, where DRAM is searched too", () => {
    // A size that only grows costs down: a limit of area is what it would be weighed against.
    const task = {
      model: analyticalModel(wideDram),
      workload,
      objective: { name: "edp" as const },
      fixed: { lanes: 4 },
    };
    const prepared = makeNetwork(task);
    const gradient = makeNetworkGradient(prepared);
    const source = seededRandom(3);
    const points = prepared.layers.map(({ model: { space } }) => {
      const point = clonePoint(makeNestPoint(space));
      return { point, logs: randomStart(space, source) };
    });
    const toSlots = points.map(({ logs }) => new Float64Array(logs.length));
    const value = () => {
      for (const { point, logs } of points) {
        logs.forEach((log, slot) => {
          point.nest.factor[point.loopOf[slot]!] = Math.exp(log);
        });
      }
      return gradient.evaluate(
        points.map(({ point }) => [point]),
        toSlots,
        0.5,
      );
    };
    value();
    const analytic = toSlots.map((slots) => slots.slice());
    let [checked, agreed] = [0, 0];
    points.forEach(({ logs }, i) => {
      for (let slot = 0; slot < logs.length; slot++) {
        const at = logs[slot]!;
        const [above, below] = [1e-6, -1e-6].map((h) => {
          logs[slot] = at + h;
          return value();
        }) as [number, number];
        logs[slot] = at;
        checked++;
        if (Math.abs(analytic[i]![slot]! - (above - below) / 2e-6) < 1e-4) agreed++;
      }
    });
    expect(checked).toBeGreaterThan(8);
    // A kink may lie within a step.
    expect(agreed).toBeGreaterThanOrEqual(checked - 1);
  });

  it("is part of the optimum that exact search proves", { timeout: 60_000 }, async () => {
    const model = analyticalModel(smallGemmini, { table: steepTable });
    const best = exhaustiveSearch(model, workload, everyHardware(smallGemmini));
    const alone = exhaustiveSearch(model, bare, everyHardware(smallGemmini));
    for (const name of objectiveNames) {
      const result = await runSearch(
        exact,
        { model, workload, objective: { name }, fixed: {} },
        { seed: 1, samples: 1 },
      );
      expect(result.best!.value / best({ name })).toBeCloseTo(1, 12);
      expect(result.gap).toBeCloseTo(0, 12);
      // What is moved takes no area.
      if (name === "area") expect(best({ name })).toBe(alone({ name }));
      else expect(best({ name })).toBeGreaterThan(alone({ name }));
    }
  });

  it("that changes with the hardware is refused by exact search", async () => {
    const task = { model: analyticalModel(wideDram), workload, objective: { name: "edp" as const }, fixed: {} };
    const sized = { ...task, fixed: { peDim: 2, scratchpadKb: 1, accumulatorKb: 1 } };
    await expect(runSearch(exact, sized, { seed: 1, samples: 1 })).rejects.toThrow(
      /workload\.dataMovement: DRAM of wide-dram changes with the sizes that are searched/,
    );
  });

  it("is priced by the model that searches, whoever wrote it", { timeout: 60_000 }, async () => {
    const base = analyticalModel(smallGemmini, { table: steepTable });
    const free: PerformanceModel = {
      ...base,
      movementCost: () => ({ energyPj: 0, latencyCycles: 0 }),
      movementGradient: () => {},
    };
    for (const method of [exact, descent]) {
      const search = (model: PerformanceModel, of: Workload) =>
        runSearch(method, { model, workload: of, objective: { name: "edp" }, fixed: {} }, { seed: 1, samples: 60 });
      const [without, nothing] = [await search(base, bare), await search(free, workload)];
      expect(nothing.best).toEqual(without.best);
    }
  });

  it("is in what a descent minimises and reports", async () => {
    const task = { model: analyticalModel(gemmini), workload, objective: { name: "latency" as const }, fixed: {} };
    const { best } = await runSearch(descent, task, { seed: 1, samples: 60 });
    const own = best!.layers.reduce((sum, { count, latencyCycles }) => sum + count * latencyCycles, 0);
    expect(best!.latencyCycles).toBe(own + 37);
    expect(best!.value).toBe(best!.latencyCycles);
  });
});
