import {
  builtInTarget,
  type Cost,
  conv,
  emptyMachine,
  emptyNeeds,
  factorizations,
  type LayerModel,
  type LoopNest,
  type Machine,
  matmul,
  type Target,
  type Traffic,
  targetNames,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const problems = [
  conv({ R: 3, S: 3, P: 12, Q: 14, C: 6, K: 8, N: 2 }),
  conv({ R: 5, S: 2, P: 12, Q: 10, C: 4, K: 6, stride: 2, dilation: [1, 3] }),
  conv({ R: 3, S: 3, P: 9, Q: 9, C: 1, K: 1, G: 24 }),
  matmul({ m: 12, n: 30, k: 16, batch: 2 }),
];
/** Counts near 2^53 are not exact; these are far from it, and all sums in doubles are good to this. */
const ROUNDING = 1e-9;

/**
 * The integer nest that a list of numbers stands for: a factorization for every dimension, loops of free levels in any
 * order.
 */
function nestOf(layer: LayerModel, numbers: readonly number[]): LoopNest {
  const { space } = layer;
  const nest = space.nest();
  let next = 0;
  const below = (bound: number) => numbers[next++ % numbers.length]! % bound;
  space.slotsOf.forEach((own, d) => {
    const choices = factorizations(space.shape.bounds[d]!, own.length);
    const factors = choices[below(choices.length)]!;
    own.forEach((slot, k) => {
      nest.factor[slot] = factors[k]!;
    });
  });
  for (const level of space.freeOrder) {
    const from = nest.startTemporal[level]!;
    for (let i = nest.end[level]! - 1; i > from; i--) {
      const j = from + below(i - from + 1);
      for (const list of [nest.dim, nest.factor]) [list[i], list[j]] = [list[j]!, list[i]!];
    }
  }
  return nest;
}

type Counts = Pick<Traffic, "reads" | "updates" | "fills" | "usedInstances" | "computeCycles"> & Cost;

function count(layer: LayerModel, nest: LoopNest, machine: Machine, rounding: "exact" | "smooth"): Counts {
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  layer.needs(nest, emptyNeeds(nest.levelCount));
  layer.evaluate(nest, machine, rounding, cost);
  const { reads, updates, fills, usedInstances, computeCycles } = layer.account!.traffic;
  return {
    reads: reads.slice(),
    updates: updates.slice(),
    fills: fills.slice(),
    usedInstances: usedInstances.slice(),
    computeCycles,
    ...cost,
  };
}

/**
 * Difference between the rounded and the smooth count that Timeloop's rounding allows (R7, R8, R9c of the semantics).
 */
const LIMITS = {
  // Rounded to nearest; an output's partition is rounded down once per level before.
  reads: (levels: number) => [-0.5, 0.5 + levels],
  updates: () => [-0.5, 0.5],
  // Rounded down; of an output to nearest, less its partition.
  fills: (levels: number) => [-1, 0.5 + levels],
} as const;

function compare(of: Target, layer: LayerModel, nest: LoopNest, machine: Machine): { whole: boolean } {
  const smooth = count(layer, nest, machine, "smooth");
  const exact = count(layer, nest, machine, "exact");
  const { levelCount } = nest;
  const { problem, tensorCount } = layer.space.shape;
  const slack = (value: number) => ROUNDING * Math.max(1, Math.abs(value));
  expect(smooth.computeCycles).toBe(exact.computeCycles);
  let whole = true;
  let energyPj = exact.computeCycles * exact.usedInstances[levelCount]! * machine.macEnergyPj[0]!;
  let rows = 0;
  for (let l = 0; l < levelCount; l++) {
    for (let t = 0; t < tensorCount; t++) {
      if (((nest.keeps[l]! >> t) & 1) === 0) continue;
      const cell = t * levelCount + l;
      for (const what of ["reads", "updates", "fills"] as const) {
        const [low, high] = LIMITS[what](levelCount);
        const difference = exact[what][cell]! - smooth[what][cell]!;
        const inside =
          difference >= low! - slack(smooth[what][cell]!) && difference <= high! + slack(smooth[what][cell]!);
        if (!inside) expect.fail(`${of.levels[l]!.name} ${problem.tensors[t]!.name} ${what}: ${difference} beside`);
        if (Math.abs(difference) > slack(smooth[what][cell]!)) whole = false;
        energyPj +=
          (machine.energyPerVectorAccessPj[l]! * exact.usedInstances[l]! * exact[what][cell]!) / machine.blockSize[l]!;
        rows += machine.energyPerVectorAccessPj[l]! * exact.usedInstances[l]!;
      }
    }
  }
  // Where no count was rounded, rows and cycles are rounded up and nothing else differs.
  if (whole) {
    expect(smooth.energyPj / energyPj).toBeCloseTo(1, 9);
    expect(exact.energyPj - smooth.energyPj).toBeGreaterThanOrEqual(-slack(smooth.energyPj));
    expect(exact.energyPj - smooth.energyPj).toBeLessThan(rows);
    expect(exact.latencyCycles - smooth.latencyCycles).toBeGreaterThanOrEqual(-slack(smooth.latencyCycles));
    expect(exact.latencyCycles - smooth.latencyCycles).toBeLessThan(1 + slack(smooth.latencyCycles));
  }
  return { whole };
}

describe("the smooth extension at integer factors", () => {
  for (const name of targetNames) {
    it(`equals the exact counts of ${name} up to their roundings`, () => {
      const of = builtInTarget(name);
      const model = analyticalModel(of);
      const machine = emptyMachine(of.levels.length);
      const layers = problems.map((problem) => model.layer(problem));
      let whole = 0;
      let all = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(...layers),
          fc.array(fc.nat(), { minLength: 50, maxLength: 50 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (layer, numbers, share) => {
            // Whether the mapping fits is not asked: counts need the meshes only to number children, energies the sizes
            // of buffers.
            const sizes = Float64Array.from(of.sizes, ({ min, max }) => Math.round(min + share * (max - min)));
            model.machine(sizes, "exact", machine);
            all++;
            if (compare(of, layer, nestOf(layer, numbers), machine).whole) whole++;
          },
        ),
        { numRuns: 150 },
      );
      expect(whole / all).toBeGreaterThan(0.5);
    });
  }
});
