import { conv, gemmini, LoopnestError } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { descent, runSearch, type SearchOptions, type SearchTask } from "../index.js";
import { checkOptions } from "./check-search.js";

const task = {
  model: analyticalModel(gemmini),
  // Neither description nor source: a program need not say what only readers of files want to know.
  workload: { name: "one", layers: [{ problem: conv({ R: 1, S: 1, P: 4, Q: 1, C: 4, K: 3 }), count: 1 }] },
  objective: { name: "edp" },
  fixed: {},
} satisfies SearchTask;
const options = { seed: 1, samples: 5 };

it("takes a task with what it must have, and no more", async () => {
  expect((await runSearch(descent, task, options)).best).not.toBeNull();
});

it.each([
  [undefined, options, "task.model: is missing; give a performance model"],
  [
    { ...task, objective: { name: "epd" } },
    options,
    "task.objective.name: there is no objective epd; did you mean edp",
  ],
  [{ ...task, objective: { name: "toString" } }, options, "there is no objective toString"],
  [{ ...task, objective: undefined }, options, 'task.objective: is missing; give one like { name: "edp" }'],
  [{ ...task, workload: { layers: 3 } }, options, "task.workload: is made of layers; give a workload with its layers"],
  [{ ...task, fixed: null }, options, "task.fixed: is missing; give sizes by name, {} for none"],
  [task, undefined, "options.seed: is missing; give a whole number"],
  [task, { seed: 1 }, "options.samples: is missing; give a number above 0"],
  [task, { seed: 0.5, samples: 5 }, "options.seed: is 0.5; give a whole number"],
])("says what is wrong with a task or its options (%#)", async (given, with_, message) => {
  const wrong = [given, with_] as unknown as [SearchTask, SearchOptions];
  await expect(runSearch(descent, ...wrong)).rejects.toThrow(message);
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
