import { gemmini, LoopnestError } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { checkOptions, combine, runSearch, type SearchMethod } from "./method.js";
import type { Design, Progress, SearchResult, SearchTask } from "./task.js";

const task: SearchTask = {
  model: analyticalModel(gemmini),
  workload: { name: "none", description: "", source: "test", layers: [] },
  objective: { name: "edp" },
  fixed: {},
};

const design = (value: number, areaMm2 = 1): Design => ({
  hardware: {},
  layers: [],
  energyUj: value,
  latencyCycles: 1,
  areaMm2,
  value,
});

function result(samples: number, values: readonly number[], more: Partial<SearchResult> = {}): SearchResult {
  const least = values[values.length - 1];
  return {
    method: "m",
    seed: 1,
    best: least === undefined ? null : design(least),
    samples,
    seconds: samples / 10,
    convergence: values.map((value, i) => ({ samples: i + 1, seconds: (i + 1) / 10, value })),
    stopped: false,
    ...more,
  };
}

/** A method whose part `p` finds the values of `found[p]`, spending 10 samples. */
function scripted(found: readonly (readonly number[])[], last?: readonly number[]): SearchMethod {
  const run = async (values: readonly number[], onProgress?: (progress: Progress) => void) => {
    for (const value of values) onProgress?.({ samples: 5, budget: 10, best: design(value) });
    return result(10, values);
  };
  return {
    name: "scripted",
    parts: () => found.length,
    run: (_task, _options, part, hooks) => run(found[part]!, hooks.onProgress),
    ...(last && { finish: (_task, _options, _parts, hooks) => run(last, hooks.onProgress) }),
  };
}

describe("combine", () => {
  it("certifies by the greatest of the parts' bounds: each holds of all designs, and parts without one take nothing from it", () => {
    const parts = [result(1, [8], { lowerBound: 5, gap: 0.6 }), result(1, [6], { lowerBound: 4, gap: 0.5 })];
    expect(combine("m", 1, parts)).toMatchObject({ best: design(6), lowerBound: 5, gap: 6 / 5 - 1 });
    expect(combine("m", 1, [...parts].reverse())).toMatchObject({ lowerBound: 5, gap: 6 / 5 - 1 });
    expect(combine("m", 1, [...parts, result(1, [7])])).toMatchObject({ best: design(6), lowerBound: 5 });
    expect(combine("m", 1, [result(1, [8]), result(1, [7])])).not.toHaveProperty("lowerBound");
  });

  it("adds up samples and seconds, and takes the best", () => {
    const combined = combine("m", 1, [result(10, [9, 8]), result(20, [7.5, 6]), result(5, [7])]);
    expect(combined).toMatchObject({
      method: "m",
      seed: 1,
      samples: 35,
      seconds: 3.5,
      best: design(6),
      stopped: false,
    });
  });

  it("strings convergences together, improvements only, samples counted on", () => {
    const { convergence } = combine("m", 1, [result(10, [9, 8]), result(20, [8.5, 6]), result(5, [7]), result(5, [3])]);
    expect(convergence.map(({ samples, value }) => [samples, value])).toEqual([
      [1, 9],
      [2, 8],
      [12, 6],
      [36, 3],
    ]);
    expect(convergence[2]!.seconds).toBeCloseTo(1.2, 12);
  });

  it("takes the first of equally good designs", () => {
    const first = result(1, [5], { best: design(5, 111) });
    const second = result(1, [5], { best: design(5, 222) });
    expect(combine("m", 1, [first, second]).best?.areaMm2).toBe(111);
    expect(combine("m", 1, [second, first]).best?.areaMm2).toBe(222);
  });

  it("knows results without a design, and stopped ones", () => {
    const combined = combine("m", 1, [result(3, []), result(4, [], { stopped: true })]);
    expect(combined).toMatchObject({ best: null, samples: 7, convergence: [], stopped: true });
    expect(combine("m", 1, [result(3, []), result(4, [2])]).best).toEqual(design(2));
  });

  it("leaves a single result as it is, with what only it has", () => {
    const only = result(3, [2], { lowerBound: 1, gap: 1 });
    expect(combine("m", 1, [only])).toBe(only);
  });
});

describe("runSearch", () => {
  const options = { seed: 1, samples: 100 };

  it("runs all parts, then what follows from them", async () => {
    const found = await runSearch(scripted([[9], [7], [8]], [6]), task, options);
    expect(found).toMatchObject({ samples: 40, best: design(6) });
    expect(found.convergence.map(({ value }) => value)).toEqual([9, 7, 6]);
  });

  it("does not depend on how the parts ran", async () => {
    const method = scripted([[9], [7], [8]], [7.5]);
    const inTurn = await runSearch(method, task, options);
    const backwards = await runSearch(method, task, options, {}, async (running, ...rest) => {
      const results: SearchResult[] = [];
      for (const part of [2, 1, 0]) results[part] = await running.run(rest[0], rest[1], part, rest[2]);
      return results;
    });
    expect(backwards).toEqual(inTurn);
  });

  it("reports progress over all parts: samples never fall, the best never gets worse", async () => {
    const seen: Progress[] = [];
    await runSearch(scripted([[9], [12], [8, 7]], [6]), task, options, {
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.map(({ samples, best, budget }) => [samples, best?.value, budget])).toEqual([
      [5, 9, 100],
      [15, 9, 100],
      [25, 8, 100],
      [25, 7, 100],
      [35, 6, 100],
    ]);
  });

  it("starts no further part, and does not go on, once stopped", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const found = await runSearch(scripted([[9], [7], [8]], [6]), task, options, {
      signal,
      onProgress: ({ best }) => best?.value === 7 && controller.abort(),
    });
    expect(found).toMatchObject({ samples: 20, best: design(7) });
  });
});

describe("checkOptions", () => {
  it.each([
    [{ seed: 0.5, samples: 1 }, "seed is 0.5; give an integer"],
    [{ seed: 1, samples: 0 }, "samples is 0; give a positive integer"],
    [{ seed: 1, samples: 1.5 }, "samples is 1.5"],
    [{ seed: Number.NaN, samples: 1 }, "seed is NaN"],
  ])("refuses %j", (options, message) => {
    expect(() => checkOptions(options)).toThrowError(LoopnestError);
    expect(() => checkOptions(options)).toThrowError(message);
  });

  it("takes any whole seed and a positive number of samples", () => {
    for (const seed of [0, -5, 2 ** 40]) expect(() => checkOptions({ seed, samples: 1 })).not.toThrow();
  });
});
