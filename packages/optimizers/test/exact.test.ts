import {
  builtInWorkload,
  conv,
  gemmini,
  type Hardware,
  type Layer,
  type PerformanceModel,
  type Target,
  type Workload,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { exact, type Objective, objectiveNames, type Progress, runSearch } from "../src/index.js";
import { exhaustiveSearch } from "./exhaustive-search.js";
import { everyHardware, smallGemmini, smallNvdla, smallRows, steepTable } from "./small-targets.js";

function layer(count: number, shape: Partial<Parameters<typeof conv>[0]>): Layer {
  return { count, problem: conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1, ...shape }) };
}

function network(name: string, layers: readonly Layer[]): Workload {
  return { name, description: "", source: "", layers };
}

// Without the descent, whose answer may be the optimum already and hide that the proof would have missed it.
const options = { seed: 1, samples: 1, firstSamples: 0 };

const cases: readonly [Target, Workload][] = [
  [smallGemmini, network("one convolution", [layer(1, { R: 3, P: 4, C: 2, K: 4 })])],
  [
    smallGemmini,
    network("strided, and a product", [
      layer(2, { R: 2, P: 4, C: 3, K: 2, stride: 2 }),
      layer(1, { P: 4, C: 4, K: 3 }),
    ]),
  ],
  [
    smallGemmini,
    network("three layers", [
      layer(1, { P: 6, C: 4, K: 2 }),
      layer(3, { P: 2, Q: 2, C: 2, K: 4 }),
      layer(1, { R: 2, P: 3, C: 2, K: 2 }),
    ]),
  ],
  [
    smallNvdla,
    network("convolution and product", [layer(1, { R: 2, P: 4, C: 2, K: 3 }), layer(2, { P: 3, C: 4, K: 2 })]),
  ],
  [smallRows, network("two convolutions", [layer(1, { R: 2, P: 6, C: 2 }), layer(2, { R: 2, P: 3, K: 2, stride: 2 })])],
];

describe("exact search finds what plain exhaustive search finds", () => {
  for (const [target, layers] of cases) {
    it(`${target.name}, ${layers.name}`, { timeout: 60_000 }, async () => {
      const model = analyticalModel(target, { table: steepTable });
      const best = exhaustiveSearch(model, layers, everyHardware(target));
      const solve = (objective: Objective) =>
        runSearch(exact, { model, workload: layers, objective, fixed: {} }, options);
      const agree = async (objective: Objective) => {
        const result = await solve(objective);
        expect(result.best!.value / best(objective), JSON.stringify(objective)).toBeCloseTo(1, 12);
        expect(result.gap).toBe(0);
        return result.best!;
      };
      for (const name of objectiveNames) {
        const free = await agree({ name });
        // Limits that bite: smaller and faster than the best without them.
        const [small, fast] = [await agree({ name: "edap" }), await agree({ name: "latency" })];
        for (const share of [0.2, 0.7]) {
          await agree({ name, maxAreaMm2: small.areaMm2 + share * Math.abs(free.areaMm2 - small.areaMm2) });
          const latency = fast.latencyCycles + Math.floor(share * (free.latencyCycles - fast.latencyCycles));
          await agree({ name, maxLatencyCycles: latency });
        }
      }
    });
  }
});

describe("exact search", () => {
  const model = analyticalModel(smallGemmini, { table: steepTable });
  const layers = cases[1]![1];
  const task = { model, workload: layers, objective: { name: "edp" }, fixed: {} } as const;

  it("proves the mapping of given hardware, or of hardware given in part", async () => {
    const given: readonly Hardware[] = [{ peDim: 3, scratchpad: 4, accumulator: 2 }, { peDim: 2 }];
    for (const fixed of given) {
      const hardware = everyHardware(smallGemmini).filter(
        ([peDim, scratchpad, accumulator]) =>
          peDim === fixed.peDim &&
          (fixed.scratchpad ?? scratchpad) === scratchpad &&
          (fixed.accumulator ?? accumulator) === accumulator,
      );
      const best = exhaustiveSearch(model, layers, hardware);
      for (const name of objectiveNames) {
        const result = await runSearch(exact, { ...task, objective: { name }, fixed }, options);
        expect(result.best!.value / best({ name })).toBeCloseTo(1, 12);
        expect(result.best!.hardware).toMatchObject(fixed);
        expect(result.gap).toBe(0);
      }
    }
  });

  it("gives the same answer every time, and counts what it evaluates", async () => {
    const [a, b] = [await runSearch(exact, task, options), await runSearch(exact, task, { ...options, seed: 9 })];
    expect(a.best).toEqual(b.best);
    expect([a.samples, a.stopped, a.method]).toEqual([b.samples, false, "exact"]);
    expect(a.samples).toBeGreaterThan(50);
    expect(a.convergence.at(-1)!.value).toBe(a.best!.value);
  });

  it("finds the same from the design of a descent", async () => {
    const [own, given] = [await runSearch(exact, task, options), await runSearch(exact, task, { seed: 1, samples: 1 })];
    expect(given.best!.value / own.best!.value).toBeCloseTo(1, 12);
    expect(given.gap).toBe(0);
  });

  it("says so if nothing keeps the limits", async () => {
    const result = await runSearch(exact, { ...task, objective: { name: "edp", maxAreaMm2: 1e-9 } }, options);
    expect(result).toMatchObject({ best: null, stopped: false });
    expect(result).not.toHaveProperty("lowerBound");
  });

  it("stopped, has a bound that holds and a design", { timeout: 60_000 }, async () => {
    const real = { ...task, model: analyticalModel(gemmini), workload: builtInWorkload("bert") };
    const stop = new AbortController();
    const seen: Progress[] = [];
    const result = await runSearch(exact, real, options, {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        stop.abort();
      },
    });
    // 1.5069e9 is the optimum that an independent scan found.
    expect(result.stopped).toBe(true);
    expect(result.lowerBound).toBeGreaterThan(0);
    expect(result.lowerBound).toBeLessThanOrEqual(1.507e9);
    expect(result.best!.value).toBeGreaterThanOrEqual(1.506e9);
    expect(result.gap).toBe(result.best!.value / result.lowerBound! - 1);
    expect(seen[0]).toMatchObject({ budget: null, lowerBound: expect.any(Number) });
  });

  it("finds the same where arrays are more than may be gone through together, and their boxes are halved", async () => {
    const work = {
      ...task,
      model: analyticalModel(smallNvdla),
      workload: network("one", [layer(1, { P: 4, C: 4, K: 2 })]),
    };
    const { best } = await runSearch(exact, work, options);
    const result = await runSearch(exact, work, { ...options, mostArrays: 2 });
    expect([result.best!.value, result.gap]).toEqual([best!.value, 0]);
  });

  it("refuses what it cannot prove", async () => {
    const run = (changes: object, more = {}) => runSearch(exact, { ...task, ...changes }, { ...options, ...more });
    await expect(run({}, { gap: -1 })).rejects.toMatchObject({ data: { code: "input", path: "gap" } });
    await expect(run({ model: { ...model, layer: withoutAccount } })).rejects.toMatchObject({
      data: { code: "unsupported" },
    });
    await expect(run({ model: cheaperWhenLarger() })).rejects.toMatchObject({ data: { code: "unsupported" } });
    await expect(run({ model: withWrongAccount() })).rejects.toMatchObject({ data: { code: "unsupported" } });
  });

  const withoutAccount: PerformanceModel["layer"] = (problem) => {
    const { account: _left, ...layer } = model.layer(problem);
    return layer;
  };

  function cheaperWhenLarger(): PerformanceModel {
    return {
      ...model,
      machine(sizes, rounding, out) {
        model.machine(sizes, rounding, out);
        out.energyPerVectorAccessPj[1]! /= sizes[1]! ** 3;
      },
    };
  }

  function withWrongAccount(): PerformanceModel {
    return {
      ...model,
      layer(problem) {
        const layer = model.layer(problem);
        return {
          ...layer,
          evaluate(nest, machine, rounding, out) {
            layer.evaluate(nest, machine, rounding, out);
            out.energyPj *= 1.01;
          },
        };
      },
    };
  }
});
