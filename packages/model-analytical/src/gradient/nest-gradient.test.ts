import {
  type Cost,
  conv,
  countsNames,
  emptyMachine,
  emptyNeeds,
  gemmini,
  type Machine,
  matmul,
  type Problem,
  plainParts,
  type Target,
  withBits,
} from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticalLayer } from "../model/analytical-layer.js";

/** Spatial windows, bypass at two levels, read and write ports: what gemmini does not have. */
const rowStationary: Target = {
  ...gemmini,
  name: "row-stationary",
  levels: [
    gemmini.levels[0]!,
    {
      ...gemmini.levels[1]!,
      keeps: ["Inputs", "Outputs"],
      bandwidthWordsPerCycle: { read: 4, write: 2 },
      space: { temporal: "all", order: "any", spatialX: ["P", "K"], spatialY: ["R", "C"] },
    },
    {
      ...gemmini.levels[2]!,
      keeps: ["Weights", "Inputs", "Outputs"],
      space: { temporal: "all", order: "any", spatialX: ["K"], spatialY: ["P"] },
    },
  ],
};

const problems: Problem[] = [
  conv({ R: 3, S: 3, P: 56, Q: 56, C: 64, K: 64 }),
  conv({ R: 7, S: 5, P: 112, Q: 28, C: 3, K: 64, N: 2, stride: 2 }),
  conv({ R: 3, S: 3, P: 20, Q: 30, C: 8, K: 16, dilation: [2, 3], stride: [1, 2], G: 4 }),
  matmul({ m: 128, n: 768, k: 3072, batch: 12 }),
  withBits(conv({ R: 3, S: 3, P: 28, Q: 28, C: 64, K: 64 }), { weights: 4, inputs: 6, outputs: 8, partialSums: 24 }),
];

/** A machine with arbitrary prices and few words per cycle, so that every port limits now and then. */
function machine(levelCount: number, random: () => number): Machine {
  const out = emptyMachine(levelCount);
  const fill = (values: Float64Array, low: number, high: number) => {
    for (let i = 0; i < values.length; i++) values[i] = low * (high / low) ** random();
  };
  fill(out.capacityWords, 1e3, 1e6);
  fill(out.blockSize, 1, 64);
  fill(out.energyPerVectorAccessPj, 0.1, 1000);
  fill(out.bandwidthShared, 1, 1000);
  fill(out.bandwidthRead, 1, 1000);
  fill(out.bandwidthWrite, 1, 1000);
  fill(out.macEnergyPj, 0.1, 10);
  // Columns and rows between whole numbers: at whole ones the ways of words have a kink.
  out.meshX.forEach((_, l) => {
    const [columns, rows] = [1 + 8 * random(), 1 + 8 * random()];
    out.meshX[l] = (out.meshX[l - 1] ?? 8) * columns;
    out.instances[l] = (out.instances[l - 1] ?? 64) * columns * rows;
  });
  out.parts = Array.from({ length: levelCount }, () => ({
    ...plainParts,
    readWeight: random(),
    fillWeight: random(),
    updateWeight: random(),
    leakPjPerCycle: random() < 0.5 ? 0 : 100 * random(),
    network:
      random() < 0.8
        ? null
        : { hopEnergyPj: 100 * random(), routerEnergyPj: 100 * random(), ingressEnergyPj: 100 * random() },
  }));
  return out;
}

/** Uniform numbers in [0, 1) (mulberry32): fast-check's own doubles crowd at the ends, where the kinks are. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.each(countsNames)("nestGradient, counts %s", (counts) => {
  it("agrees with finite differences at random interior points", () => {
    let checked = 0;
    let kinks = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(gemmini, rowStationary),
        fc.constantFrom(...problems),
        fc.integer(),
        (target, problem, seedOfPoint) => {
          const random = uniform(seedOfPoint);
          const layer = analyticalLayer(target, problem, counts);
          const nest = layer.space.nest();
          for (let i = 0; i < nest.factor.length; i++) nest.factor[i] = 1.1 + 5 * random();
          const on = machine(nest.levelCount, random);
          const needs = emptyNeeds(nest.levelCount);
          const seedNeeds = emptyNeeds(nest.levelCount);
          const cost: Cost = { energyPj: 0, latencyCycles: 0 };
          const value = () => {
            layer.needs(nest, needs);
            layer.evaluate(nest, on, "smooth", cost);
            let sum = Math.log(cost.energyPj) + Math.log(cost.latencyCycles);
            for (let l = 0; l < nest.levelCount; l++) {
              sum += 0.1 * (Math.log(needs.words[l]! + 1) + Math.log(needs.x[l]!) + Math.log(needs.y[l]!));
            }
            return sum;
          };
          value();
          for (let l = 0; l < nest.levelCount; l++) {
            seedNeeds.words[l] = 0.1 / (needs.words[l]! + 1);
            seedNeeds.x[l] = 0.1 / needs.x[l]!;
            seedNeeds.y[l] = 0.1 / needs.y[l]!;
          }
          const toFactors = new Float64Array(nest.factor.length);
          const toMachine = emptyMachine(nest.levelCount);
          const seed = { energy: 1 / cost.energyPj, latency: 1 / cost.latencyCycles, needs: seedNeeds };
          layer.gradient(nest, on, seed, toFactors, toMachine);

          const compare = (values: Float64Array, i: number, gradient: number) => {
            const at = values[i]!;
            const slope = (h: number) => {
              values[i] = at * Math.exp(h);
              const above = value();
              values[i] = at * Math.exp(-h);
              const below = value();
              values[i] = at;
              return (above - below) / (2 * h);
            };
            const wide = slope(1e-5);
            const narrow = slope(1e-6);
            checked++;
            // A kink within the step shows as two slopes that differ.
            if (Math.abs(wide - narrow) > 1e-6) kinks++;
            else expect(gradient).toBeCloseTo(narrow, 5);
          };
          for (let i = 0; i < nest.factor.length; i++) compare(nest.factor, i, toFactors[i]!);
          for (const name of [
            "blockSize",
            "energyPerVectorAccessPj",
            "bandwidthShared",
            "bandwidthRead",
            "bandwidthWrite",
            "macEnergyPj",
            "instances",
            "meshX",
          ] as const) {
            for (let l = 0; l < on[name].length; l++) compare(on[name], l, toMachine[name][l]! * on[name][l]!);
          }
        },
      ),
      { numRuns: 200, seed: 1 },
    );
    expect(kinks / checked).toBeLessThan(0.001);
  });
});
