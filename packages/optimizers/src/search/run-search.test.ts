import { gemmini } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { design, result } from "../../test/made-results.js";
import type { SearchMethod } from "./method.js";
import { runSearch } from "./run-search.js";
import type { Progress, SearchResult, SearchTask } from "./task.js";

const task: SearchTask = {
  model: analyticalModel(gemmini),
  workload: { name: "none", description: "", source: "test", layers: [] },
  objective: { name: "edp" },
  fixed: {},
};

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
