import {
  type Architecture,
  type Counts,
  conv,
  countsNames,
  fanOut,
  LoopnestError,
  type Mapping,
  matmul,
  type Problem,
  type Target,
  withBits,
} from "@loopnest/mapspace";
import { analyticalModel, evaluate, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { exact, type ObjectiveName, objectiveNames, runSearch } from "../src/index.js";
import { everyUnevenMapping } from "./every-uneven-mapping.js";
import { oneBuffer, smallGemmini, steepTable } from "./small-targets.js";

const cases: readonly [Target, Problem, Record<string, number>][] = [
  [oneBuffer, matmul({ m: 4, k: 2, n: 2 }), { words: 6 }],
  [oneBuffer, matmul({ m: 2, k: 6, n: 3 }), { words: 10 }],
  [oneBuffer, conv({ R: 1, S: 1, P: 4, Q: 1, C: 2, K: 3, stride: 2 }), { words: 12 }],
  [oneBuffer, withBits(matmul({ m: 4, k: 2, n: 2 }), { weights: 4, inputs: 16, partialSums: 24 }), { words: 8 }],
  [
    smallGemmini,
    withBits(matmul({ m: 4, k: 4, n: 2 }), { weights: 4, outputs: 16 }),
    { peDim: 2, scratchpad: 2, accumulator: 1 },
  ],
  [smallGemmini, matmul({ m: 4, k: 4, n: 4 }), { peDim: 2, scratchpad: 2, accumulator: 1 }],
  [smallGemmini, matmul({ m: 3, k: 4, n: 4, batch: 2 }), { peDim: 2, scratchpad: 1, accumulator: 2 }],
];

const options = { seed: 1, samples: 1, placement: "uneven" } as const;

describe("exact search of uneven mappings finds what plain enumeration finds", () => {
  for (const [i, [target, problem, fixed]] of cases.entries()) {
    const counts = countsNames[i % countsNames.length]!;
    it(`${target.name}, ${JSON.stringify(problem.dims)}, ${counts}`, { timeout: 60_000 }, async () => {
      const architecture = priceTarget(target, steepTable).architecture(fixed);
      const best: Record<ObjectiveName, number> = { edp: 1e99, energy: 1e99, latency: 1e99, edap: 1e99, area: 1e99 };
      everyUnevenMapping(problem, target, (mapping) => {
        const found = costOf(problem, architecture, mapping, counts);
        if (found === null) return;
        const { energyPj, cycles, areaMm2 } = found;
        best.area = areaMm2;
        best.energy = Math.min(best.energy, energyPj / 1e6);
        best.latency = Math.min(best.latency, cycles);
        best.edp = Math.min(best.edp, (energyPj / 1e6) * cycles);
        best.edap = Math.min(best.edap, (energyPj / 1e6) * cycles * areaMm2);
      });
      const model = analyticalModel(target, { table: steepTable, counts });
      const workload = { name: "one layer", layers: [{ problem, count: 1 }] };
      for (const name of objectiveNames) {
        const found = await runSearch(exact, { model, workload, objective: { name }, fixed }, options);
        expect(found.best!.value / best[name], name).toBeCloseTo(1, 9);
        expect(found.gap).toBe(0);
      }
    });
  }
});

describe("exact search of uneven mappings", () => {
  const model = analyticalModel(oneBuffer, { table: steepTable });
  const workload = {
    name: "two layers",
    layers: [matmul({ m: 4, k: 4, n: 4 }), conv({ R: 3, S: 1, P: 4, Q: 1, C: 1, K: 2 })],
  };
  const task = {
    model,
    workload: { ...workload, layers: workload.layers.map((problem, i) => ({ problem, count: i + 1 })) },
    objective: { name: "edp" },
    fixed: { words: 12 },
  } as const;

  it("is never worse than the even one, and keeps layers with windows even", async () => {
    const even = await runSearch(exact, task, { seed: 1, samples: 1, firstSamples: 0 });
    const uneven = await runSearch(exact, task, options);
    expect(uneven.best!.value).toBeLessThanOrEqual(even.best!.value);
    expect(uneven.best!.layers[1]!.mapping).toHaveLength(2);
  });

  it("says what it cannot prove", async () => {
    await expect(runSearch(exact, { ...task, fixed: {} }, options)).rejects.toThrow("words is free");
    const limited = { ...task, objective: { name: "edp", maxLatencyCycles: 1e6 } } as const;
    await expect(runSearch(exact, limited, options)).rejects.toThrow("limit on latency");
    const nothing = await runSearch(exact, { ...task, fixed: { words: 1 } }, options);
    expect(nothing.best).toBeNull();
  });
});

/** `null` if it does not fit; a level may not borrow fan-out that another leaves unused, as Timeloop lets it. */
function costOf(problem: Problem, architecture: Architecture, mapping: Mapping, counts: Counts) {
  const borrows = architecture.levels.some(({ name }, l) => {
    const { x, y } = fanOut(architecture, l);
    const spatial = mapping.flatMap((node) => (node.level === name ? node.spatial : []));
    const unrolled = (axis: string) => spatial.reduce((n, loop) => (loop[2] === axis ? n * loop[1] : n), 1);
    return unrolled("X") > x || unrolled("Y") > y;
  });
  if (borrows) return null;
  try {
    return evaluate(problem, architecture, mapping, counts);
  } catch (error) {
    if (error instanceof LoopnestError && error.data.code === "capacity") return null;
    throw error;
  }
}
