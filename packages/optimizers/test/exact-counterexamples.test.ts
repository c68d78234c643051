import {
  conv,
  type FreeSize,
  gemmini,
  type Hardware,
  isSize,
  type LevelTemplate,
  matmul,
  type Problem,
  systolic,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, type EnergyTable } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { descent, exact, type Objective, runSearch } from "../src/index.js";
import { exhaustiveSearch } from "./exhaustive-search.js";
import { everyHardware } from "./small-targets.js";

/** Machines for which a certificate was once wrong. */

const options = { seed: 1, samples: 1, firstSamples: 0 };

function size(name: string, min: number, max: number, step = 1): FreeSize {
  return { name, description: "", min, max, step, default: min };
}

function changed(base: Target, sizes: readonly FreeSize[], changes: Readonly<Record<string, Partial<LevelTemplate>>>) {
  return { ...base, sizes, levels: base.levels.map((level) => ({ ...level, ...changes[level.name] })) };
}

interface Case {
  readonly name: string;
  readonly target: Target;
  readonly table: EnergyTable;
  readonly layers: readonly (readonly [count: number, problem: Problem])[];
  readonly objective: Objective;
  /** Where the optimum lies. */
  readonly fixed: Hardware;
  /** Its value with the counts of 2022, by which it was found. */
  readonly optimum: number;
}

const ports: readonly Case[] = [
  {
    name: "split ports of two levels, several instances",
    target: changed(systolic, [size("peDim", 2, 5), size("scratchpad", 2, 6, 2), size("accumulator", 2, 6, 2)], {
      DRAM: { blockSize: 8, bandwidthWordsPerCycle: { read: 8, write: 0.7 } },
      Scratchpad: {
        wordBits: 16,
        rowsPerInstance: "4 * scratchpad / peDim",
        bandwidthWordsPerCycle: { read: "peDim", write: 5 },
      },
      Accumulator: {
        rowsPerInstance: "6 * accumulator / peDim",
        bandwidthWordsPerCycle: { read: 0.7, write: 2 },
      },
    }),
    table: builtInEnergyTable("dosa"),
    layers: [
      [3, conv({ R: 1, S: 1, P: 2, Q: 9, C: 4, K: 1, stride: [1, 3] })],
      [3, conv({ R: 3, S: 1, P: 1, Q: 1, C: 2, K: 5 })],
    ],
    objective: { name: "latency", maxAreaMm2: 0.020922667638899255 },
    fixed: { peDim: 2 },
    optimum: 234,
  },
  {
    name: "a read port as wide as the array",
    target: changed(systolic, [size("peDim", 1, 3), size("scratchpad", 1, 6), size("accumulator", 1, 3)], {
      DRAM: { blockSize: 1, bandwidthWordsPerCycle: { shared: 3 } },
      Scratchpad: {
        wordBits: 16,
        rowsPerInstance: "6 * scratchpad / peDim",
        bandwidthWordsPerCycle: { read: "peDim", write: 8 },
      },
      Accumulator: { rowsPerInstance: "8 * accumulator / peDim", bandwidthWordsPerCycle: { shared: 3 } },
    }),
    table: builtInEnergyTable("cacti-40nm"),
    layers: [[1, conv({ G: 5, R: 3, S: 1, P: 3, Q: 4, C: 1, K: 1, stride: [4, 1] })]],
    objective: { name: "edap", maxLatencyCycles: 213 },
    fixed: { peDim: 1 },
    optimum: 0.030702167287019515,
  },
  {
    name: "a slow write port",
    target: changed(gemmini, [size("peDim", 1, 3), size("scratchpad", 1, 4), size("accumulator", 1, 5)], {
      DRAM: { blockSize: 2, bandwidthWordsPerCycle: { shared: 3 } },
      Scratchpad: {
        wordBits: 4,
        rowsPerInstance: "9 * scratchpad / peDim",
        bandwidthWordsPerCycle: { read: "peDim", write: 1 },
      },
      Accumulator: { rowsPerInstance: "3 * accumulator / peDim" },
    }),
    table: builtInEnergyTable("cacti-40nm"),
    layers: [[1, conv({ R: 1, S: 2, P: 5, Q: 2, C: 5, K: 8, N: 3 })]],
    objective: { name: "latency", maxAreaMm2: 0.004967824678418743 },
    fixed: { peDim: 1 },
    optimum: 2560,
  },
];

describe("ports that depend on the array", () => {
  for (const { name, target, table, layers, objective, fixed, optimum } of ports) {
    it(name, async () => {
      const network = {
        name,
        description: "",
        source: "",
        layers: layers.map(([count, problem]) => ({ count, problem })),
      };
      const task = { model: analyticalModel(target, { table, counts: "timeloop-2022" }), workload: network, objective };
      // Searching a part of the space must not find more than searching all of it.
      for (const given of [{}, fixed]) {
        const { best, gap } = await runSearch(exact, { ...task, fixed: given }, options);
        expect(best!.value / optimum).toBeCloseTo(1, 12);
        expect(gap).toBe(0);
      }
    });
  }
});

describe("a size whose least value is no multiple of its step", () => {
  const problem = matmul({ m: 8, n: 4, k: 6 });
  const workload = { name: "one", description: "", source: "", layers: [{ count: 1, problem }] };
  const target = changed(
    gemmini,
    [size("peDim", 1, 7, 2), size("scratchpad", 1, 14, 4), size("accumulator", 3, 11, 5)].map((free) => ({
      ...free,
      default: free.step!,
    })),
    {
      DRAM: { blockSize: 4, bandwidthWordsPerCycle: { shared: 2 } },
      Scratchpad: { rowsPerInstance: "8 * scratchpad / peDim" },
      Accumulator: { rowsPerInstance: "6 * accumulator / peDim" },
    },
  );
  const model = analyticalModel(target);

  it("is certified at a multiple of the step: the best of all that are", async () => {
    expect(everyHardware(target)).toHaveLength(3 * 3 * 2);
    const best = exhaustiveSearch(model, workload, everyHardware(target));
    for (const name of ["edp", "energy", "latency", "edap"] as const) {
      const result = await runSearch(exact, { model, workload, objective: { name }, fixed: {} }, options);
      expect(result.best!.value / best({ name })).toBeCloseTo(1, 12);
      for (const free of target.sizes) expect(isSize(free, result.best!.hardware[free.name]!)).toBe(true);
    }
  });

  it("is searched by the descent at multiples only", async () => {
    const task = { model, workload, objective: { name: "edp" }, fixed: {} } as const;
    const { best } = await runSearch(descent, task, { seed: 1, samples: 300 }, {});
    for (const free of target.sizes) expect(isSize(free, best!.hardware[free.name]!)).toBe(true);
  });
});
