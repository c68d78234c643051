import { conv, eyeriss, gemmini, matmul, type Target, withBits } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import {
  annealing,
  type Design,
  descent,
  genetic,
  type Objective,
  randomDosa,
  randomSearch,
  runSearch,
  type SearchMethod,
  type SearchTask,
} from "@loopnest/optimizers";
import { bayesian, bayesianDosa } from "@loopnest/optimizers/bayesian";
import { cosa } from "@loopnest/optimizers/cosa";
import { describe, expect, it } from "vitest";

/** Few designs and mappings, where the method has a say: integer programs and processes take their time. */
const methods: readonly (readonly [SearchMethod, object])[] = [
  [randomSearch, {}],
  [randomDosa, {}],
  [annealing, {}],
  [genetic, {}],
  [bayesian, { mappings: 10 }],
  [bayesianDosa, {}],
  [cosa, { designs: 3 }],
];

const small = {
  name: "small",
  description: "",
  source: "test",
  layers: [
    { problem: conv({ R: 3, S: 3, P: 28, Q: 28, C: 32, K: 64 }), count: 2 },
    { problem: matmul({ m: 64, n: 256, k: 128 }), count: 1 },
    { problem: conv({ R: 1, S: 1, P: 14, Q: 14, C: 96, K: 36, stride: [2, 2] }), count: 3 },
  ],
};

function task(target: Target, objective: Objective = { name: "edp" }, fixed = {}): SearchTask {
  return { model: analyticalModel(target), workload: small, objective, fixed };
}

/** What the exact model says from scratch; it throws if a mapping does not fit. */
function recounted(target: Target, { hardware, layers }: Design) {
  const architecture = priceTarget(target, builtInEnergyTable(target.energyTable)).architecture(hardware);
  let energyPj = 0;
  let latencyCycles = 0;
  let areaMm2 = 0;
  layers.forEach(({ mapping, count }, i) => {
    const layer = evaluate(small.layers[i]!.problem, architecture, mapping);
    energyPj += count * layer.energyPj;
    latencyCycles += count * layer.cycles;
    areaMm2 = layer.areaMm2;
  });
  return { energyUj: energyPj / 1e6, latencyCycles, areaMm2 };
}

describe.each(methods.map(([method, own]) => [method.name, method, own] as const))("%s", (name, method, own) => {
  it("gives the same answer for the same seed, another one for another", async () => {
    const [first, second, other] = await Promise.all([
      runSearch(method, task(gemmini), { seed: 1, samples: 200, ...own }),
      runSearch(method, task(gemmini), { seed: 1, samples: 200, ...own }),
      runSearch(method, task(gemmini), { seed: 2, samples: 200, ...own }),
    ]);
    const points = ({ convergence }: typeof first) => convergence.map(({ samples, value }) => [samples, value]);
    expect(second.best).toEqual(first.best);
    expect(points(second)).toEqual(points(first));
    expect(other.convergence[0]!.value).not.toBe(first.convergence[0]!.value);
    expect(first.method).toBe(name);
  });

  it("improves on what it finds first", async () => {
    const { best, convergence } = await runSearch(method, task(gemmini), { seed: 3, samples: 400, ...own });
    const values = convergence.map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(best!.value).toBe(values.at(-1));
    expect(best!.value).toBeLessThan(values[0]! * 0.9);
  });

  it.each([1, 2, 7, 60, 333])("stays within %d samples and still finds something", async (samples) => {
    const reported: number[] = [];
    const onProgress = (progress: { samples: number }) => void reported.push(progress.samples);
    const result = await runSearch(method, task(gemmini), { seed: 1, samples, ...own }, { onProgress });
    expect(Math.max(result.samples, ...reported)).toBeLessThanOrEqual(samples + 1e-9);
    expect(result.best).not.toBeNull();
    expect(result.convergence.every((point) => point.samples <= samples + 1e-9)).toBe(true);
  });

  for (const target of [gemmini, eyeriss]) {
    it.each(["edp", "energy", "latency", "edap"] as const)(
      `reports designs of ${target.name} that fit and cost what the exact model says: %s`,
      async (objective) => {
        const { best } = await runSearch(method, task(target, { name: objective }), { seed: 1, samples: 150, ...own });
        const exact = recounted(target, best!);
        expect(best!.energyUj).toBeCloseTo(exact.energyUj, 6);
        expect(best!.latencyCycles).toBe(exact.latencyCycles);
        expect(best!.areaMm2).toBeCloseTo(exact.areaMm2, 9);
      },
    );
  }

  it("keeps limits and fixed sizes", async () => {
    const limited = task(gemmini, { name: "latency", maxAreaMm2: 1.5 }, { peDim: 16 });
    const { best } = await runSearch(method, limited, { seed: 1, samples: 400, ...own });
    expect(best!.hardware.peDim).toBe(16);
    expect(best!.areaMm2).toBeLessThanOrEqual(1.5);
    recounted(gemmini, best!);
  });

  it("maps a fixed machine", async () => {
    const hardware = { peDim: 16, scratchpadKb: 64, accumulatorKb: 16 };
    const { best } = await runSearch(method, task(gemmini, { name: "edp" }, hardware), {
      seed: 1,
      samples: 150,
      ...own,
    });
    expect(best!.hardware).toEqual(hardware);
    recounted(gemmini, best!);
  });

  it("stops when asked to, with what it has", async () => {
    const controller = new AbortController();
    const hooks = { signal: controller.signal, onProgress: () => controller.abort() };
    const result = await runSearch(method, task(gemmini), { seed: 1, samples: 1_000_000, ...own }, hooks);
    expect(result.stopped).toBe(true);
    expect(result.samples).toBeLessThan(1_000_000);
  });

  it("says which option is wrong", () => {
    expect(() => method.parts(task(gemmini), { seed: 1, samples: 0 })).toThrow("samples is 0");
    expect(() => method.parts(task(gemmini), { seed: 0.5, samples: 1 })).toThrow("seed is 0.5");
  });
});

/** No scratchpad holds an element of 100 Mbit. */
const tooWide = {
  ...small,
  layers: [{ problem: withBits(matmul({ m: 4, n: 4, k: 4 }), { weights: 1e8 }), count: 1 }],
};

it.each([...methods, [descent, {}] as const].map(([method, own]) => [method.name, method, own] as const))(
  "%s ends without a design where no hardware holds any mapping",
  async (_, method, own) => {
    const { best } = await runSearch(method, { ...task(gemmini), workload: tooWide }, { seed: 1, samples: 50, ...own });
    expect(best).toBeNull();
  },
);

describe("better than random", () => {
  const overSeeds = async (method: SearchMethod) => {
    const seeds = [1, 2, 3].map((seed) => runSearch(method, task(gemmini), { seed, samples: 1000 }));
    return (await Promise.all(seeds)).reduce((sum, { best }) => sum + Math.log(best!.value), 0);
  };
  const random = overSeeds(randomDosa);

  it.each([annealing, genetic, bayesian].map((method) => [method.name, method] as const))(
    "%s beats DOSA's random search over three seeds",
    async (_, method) => expect(await overSeeds(method)).toBeLessThan(await random),
  );
});
