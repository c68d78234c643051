import { builtInWorkload, conv, eyeriss, gemmini, matmul, type Target } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { type DescentOptions, descent, type Objective, runSearch, type SearchTask } from "@loopnest/optimizers";
import { describe, expect, it } from "vitest";

const small = {
  name: "small",
  description: "",
  source: "test",
  layers: [
    { problem: conv({ R: 3, S: 3, P: 28, Q: 28, C: 32, K: 64 }), count: 2 },
    { problem: matmul({ m: 64, n: 256, k: 128 }), count: 1 },
  ],
};

function task(target: Target, objective: Objective, fixed = {}): SearchTask {
  return { model: analyticalModel(target), workload: small, objective, fixed };
}

const options: DescentOptions = { seed: 1, samples: 400, starts: 2 };

describe("descent", () => {
  it("gives the same answer for the same seed, another one for another", async () => {
    const [first, second, other] = await Promise.all([
      runSearch(descent, task(gemmini, { name: "edp" }), options),
      runSearch(descent, task(gemmini, { name: "edp" }), options),
      runSearch(descent, task(gemmini, { name: "edp" }), { ...options, seed: 2 }),
    ]);
    expect(second.best).toEqual(first.best);
    expect(second.convergence.map(({ value }) => value)).toEqual(first.convergence.map(({ value }) => value));
    expect(other.convergence.map(({ value }) => value)).not.toEqual(first.convergence.map(({ value }) => value));
  });

  it("stays within its samples, and only gets better", async () => {
    for (const samples of [100, 400, 1000]) {
      const result = await runSearch(descent, task(gemmini, { name: "edp" }), { ...options, samples });
      expect(result.samples).toBeLessThanOrEqual(samples);
      const values = result.convergence.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(result.best?.value).toBe(values.at(-1));
    }
  });

  for (const target of [gemmini, eyeriss]) {
    for (const name of ["edp", "energy", "latency", "edap"] as const) {
      it(`reports designs of ${target.name} that fit and cost what the exact model says: ${name}`, async () => {
        const { best } = await runSearch(descent, task(target, { name }), options);
        const architecture = priceTarget(target, builtInEnergyTable(target.energyTable)).architecture(best!.hardware);
        let energyPj = 0;
        let cycles = 0;
        best!.layers.forEach(({ mapping, count }, i) => {
          const layer = evaluate(small.layers[i]!.problem, architecture, mapping);
          energyPj += count * layer.energyPj;
          cycles += count * layer.cycles;
        });
        expect(best!.energyUj).toBeCloseTo(energyPj / 1e6, 6);
        expect(best!.latencyCycles).toBe(cycles);
      });
    }
  }

  it("keeps limits and fixed sizes", async () => {
    const free = await runSearch(descent, task(gemmini, { name: "edp" }), options);
    const maxAreaMm2 = free.best!.areaMm2 / 3;
    const limited = await runSearch(descent, task(gemmini, { name: "edp", maxAreaMm2 }), options);
    expect(limited.best!.areaMm2).toBeLessThanOrEqual(maxAreaMm2);
    const fixed = await runSearch(descent, task(gemmini, { name: "edp" }, { peDim: 16, scratchpadKb: 8 }), options);
    expect(fixed.best!.hardware).toMatchObject({ peDim: 16, scratchpadKb: 8 });
    expect(fixed.best!.value).toBeGreaterThan(free.best!.value);
  });

  for (const orders of ["fixed", "iterated", "gumbel", "softmax"] as const) {
    it(`chooses loop orders: ${orders}`, async () => {
      const result = await runSearch(descent, task(gemmini, { name: "edp" }), { ...options, orders });
      expect(result.best).not.toBeNull();
      expect(result.samples).toBeLessThanOrEqual(options.samples);
    });
  }

  it("begins where it is told to, and only gets better", async () => {
    const given = await runSearch(descent, task(gemmini, { name: "edp" }), { ...options, seed: 7 });
    const start = given.best!.layers.map(({ mapping }) => mapping);
    // So short a step leads back to where it began; the hardware is derived anew.
    const still = { maxSteps: 1, rate: 1e-9 };
    const changed = { ...options, starts: 1, startPoints: [start], tuning: still };
    const { best } = await runSearch(descent, task(gemmini, { name: "edp" }), changed);
    expect(best!.value).toBeLessThanOrEqual(given.best!.value);
    const short = { ...options, startPoints: [start.slice(1)] };
    await expect(runSearch(descent, task(gemmini, { name: "edp" }), short)).rejects.toMatchObject({
      data: { code: "input", path: "startPoints" },
    });
  });

  it("stops when asked, with the best so far", async () => {
    const controller = new AbortController();
    const search = runSearch(
      descent,
      { ...task(gemmini, { name: "edp" }), workload: builtInWorkload("resnet50") },
      { seed: 1, samples: 1e7 },
      { signal: controller.signal, onProgress: ({ best }) => best !== null && controller.abort() },
    );
    const result = await search;
    expect(result.stopped).toBe(true);
    expect(result.best).not.toBeNull();
  });
});
