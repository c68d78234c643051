import {
  gemmini,
  matmul,
  type Padding,
  paddedBounds,
  paddedProblem,
  padWorkload,
  type Workload,
} from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import {
  annealing,
  descent,
  exact,
  genetic,
  randomDosa,
  randomSearch,
  runSearch,
  type SearchMethod,
  type SearchTask,
} from "@loopnest/optimizers";
import { cosa } from "@loopnest/optimizers/cosa";
import { describe, expect, it } from "vitest";

const fixed = { peDim: 4, scratchpadKb: 1, accumulatorKb: 1 };
const problem = matmul({ m: 13, n: 11, k: 7 });

function task(workload: Workload, padding: Padding): SearchTask {
  return {
    model: analyticalModel(gemmini),
    workload: padWorkload(workload, padding),
    objective: { name: "edp" },
    fixed,
  };
}

function alone(one: typeof problem): Workload {
  return { name: "one", description: "", source: "test", layers: [{ problem: one, count: 1 }] };
}

describe("padding", () => {
  it("is certified: the best of all padded problems, each searched by itself", async () => {
    const options = { seed: 1, samples: 1, firstSamples: 50 };
    const { best, gap } = await runSearch(exact, task(alone(problem), 0.2), options);
    expect(gap).toBe(0);
    const values: number[] = [];
    const { P, C, K } = problem.dims as { P: number; C: number; K: number };
    for (const p of [P, ...paddedBounds(P, 0.2)]) {
      for (const c of [C, ...paddedBounds(C, 0.2)]) {
        for (const k of [K, ...paddedBounds(K, 0.2)]) {
          const padded = paddedProblem(problem, { P: [P, p], C: [C, c], K: [K, k] });
          values.push((await runSearch(exact, task(alone(padded), "off"), options)).best!.value);
        }
      }
    }
    expect(best!.value).toBeCloseTo(Math.min(...values), 12);
    expect(Math.min(...values)).toBeLessThan(values[0]! / 2);
  });

  const workload: Workload = {
    name: "primes",
    description: "",
    source: "test",
    layers: [
      { problem: matmul({ m: 197, n: 127, k: 64 }), count: 2 },
      { problem: matmul({ m: 16, n: 67, k: 31 }), count: 1 },
    ],
  };
  for (const method of [descent, annealing, genetic, randomSearch, randomDosa, cosa] as SearchMethod[]) {
    it(`is searched by ${method.name}; designs cost what the padded problems do`, async () => {
      const { best } = await runSearch(method, task(workload, "auto"), { seed: 1, samples: 150 });
      const architecture = priceTarget(gemmini, builtInEnergyTable(gemmini.energyTable)).architecture(best!.hardware);
      let cycles = 0;
      best!.layers.forEach(({ mapping, padded, count }, i) => {
        cycles += count * evaluate(paddedProblem(workload.layers[i]!.problem, padded), architecture, mapping).cycles;
      });
      expect(best!.latencyCycles).toBe(cycles);
      expect(best!.layers.some(({ padded }) => padded !== undefined)).toBe(true);
    });
  }
});
