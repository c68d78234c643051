import { builtInWorkload, gemmini, workloadNames } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { descent, runSearch } from "../src/index.js";

/** Networks with sizes that make their smallest products: one token that looks at one. */
const smallest = { "gpt2-decode": { context: 1 }, "llama-3-8b-decode": { context: 1 } };

it.each([...workloadNames.map((name) => [name, {}] as const), ...Object.entries(smallest)])(
  "%s %j is searched on gemmini with few samples",
  async (name, sizes) => {
    const network = builtInWorkload(name, sizes);
    const task = { model: analyticalModel(gemmini), workload: network, objective: { name: "edp" }, fixed: {} } as const;
    const { best } = await runSearch(descent, task, { seed: 1, samples: 200, starts: 1 });
    expect(best?.layers.length).toBe(network.layers.length);
    expect(Number.isFinite(best!.value)).toBe(true);
  },
);
