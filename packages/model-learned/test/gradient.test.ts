import {
  conv,
  emptyMachine,
  emptyNeeds,
  gemmini,
  makeNestPoint,
  matmul,
  type Problem,
  seededRandom,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { trainModel } from "../src/calibrate/train-model.js";
import { FEATURE_GROUPS } from "../src/features/feature-table.js";
import { learnedModel } from "../src/model/learned-model.js";
import type { SavedModel } from "../src/saved/saved-model.js";
import { gemminiRtl } from "../src/trained/gemmini-rtl.js";
import { prepareSamples } from "../src/training/prepared-samples.js";
import { trainResidual } from "../src/training/train-residual.js";
import { measure, quick, base as systolicBase, withEnergy } from "./made-up-chip.js";

const madeUp = (options: Partial<Parameters<typeof trainResidual>[1]> = {}): SavedModel => {
  const residual = trainResidual(prepareSamples(systolicBase, measure(120)), { ...quick, ...options });
  const origin = { samples: 120, shapes: 8, dataHash: "", seed: 1, source: "made up", metrics: null };
  const counts = systolicBase.counts!;
  return { name: "made-up", target: "systolic", counts, residual, groups: residual.groups, featureNames: [], origin };
};
const withEnergies = () =>
  trainModel(systolicBase, withEnergy(measure(120)), { ...quick, name: "made-up", source: "" });

/** A nest with real factors whose products are the bounds, in a random order, away from the kinks at 1. */
function relaxed(model: ReturnType<typeof learnedModel>, problem: Problem, seed: number) {
  const layer = model.layer(problem);
  const { space } = layer;
  const source = seededRandom(seed);
  const { nest, loopOf } = makeNestPoint(space);
  space.slotsOf.forEach((slots, d) => {
    const shares = slots.map(() => 0.15 + source.uniform());
    const sum = shares.reduce((total, share) => total + share, 0);
    slots.forEach((slot, k) => {
      nest.factor[loopOf[slot]!] = Math.exp((Math.log(space.shape.bounds[d]!) * shares[k]!) / sum);
    });
  });
  return { layer, nest };
}

const problems = [
  conv({ R: 3, S: 3, P: 28, Q: 28, C: 64, K: 128 }),
  conv({ R: 7, S: 7, P: 56, Q: 56, C: 3, K: 64, stride: 2 }),
  conv({ R: 2, S: 2, P: 14, Q: 7, C: 200, K: 40 }),
  conv({ R: 1, S: 1, P: 28, Q: 28, C: 96, K: 256, N: 2 }),
  matmul({ m: 512, k: 768, n: 320 }),
  matmul({ m: 48, k: 64, n: 80, batch: 3 }),
];

const models: [string, Target, () => SavedModel][] = [
  ["gemmini-rtl", gemmini, gemminiRtl],
  ["plain driver, all features", systolicBase.target, () => madeUp({ groups: FEATURE_GROUPS })],
  ["energies, too", systolicBase.target, withEnergies],
  ["on the analytical latency", systolicBase.target, () => madeUp({ prior: "analytical" })],
];

describe.each(models)("gradient of %s", (_, target, make) => {
  const saved = make();
  const model = learnedModel(analyticalModel(target, { counts: saved.counts! }), saved, { uncertaintyPenalty: 0.5 });
  const levels = target.levels.length;
  const sizes = Float64Array.of(16.7, 130, 70);

  it.each(problems)("agrees with differences for $name $dims", (problem) => {
    for (let seed = 0; seed < 4; seed++) {
      const { layer, nest } = relaxed(model, problem, seed);
      const needs = emptyNeeds(levels);
      const machine = emptyMachine(levels);
      const cost = { energyPj: 0, latencyCycles: 0 };
      const value = () => {
        model.machine(sizes, "smooth", machine);
        layer.needs(nest, needs);
        layer.evaluate(nest, machine, "smooth", cost);
        return 0.3 * Math.log(cost.energyPj) + Math.log(cost.latencyCycles);
      };
      value();
      const seedOf = { energy: 0.3 / cost.energyPj, latency: 1 / cost.latencyCycles, needs: null };
      const toFactors = new Float64Array(nest.factor.length);
      const toMachine = emptyMachine(levels);
      layer.gradient(nest, machine, seedOf, toFactors, toMachine);
      const toSizes = new Float64Array(sizes.length);
      model.machineGradient(sizes, toMachine, toSizes);
      const difference = (array: Float64Array, i: number, h = 1e-6) => {
        const own = array[i]!;
        array[i] = own * Math.exp(h);
        const above = value();
        array[i] = own * Math.exp(-h);
        const below = value();
        array[i] = own;
        return (above - below) / (2 * h);
      };
      for (let i = 0; i < nest.factor.length; i++) {
        expect(toFactors[i], `loop ${i}, seed ${seed}`).toBeCloseTo(difference(nest.factor, i), 4);
      }
      sizes.forEach((_size, i) => {
        expect(toSizes[i], `size ${i}, seed ${seed}`).toBeCloseTo(difference(sizes, i), 4);
      });
    }
  });

  it("is followed near where it was worked out, and nowhere else", () => {
    const problem = problems[0]!;
    const { layer, nest } = relaxed(model, problem, 1);
    const plain = model.layer(problem);
    const needs = emptyNeeds(levels);
    const machine = emptyMachine(levels);
    model.machine(sizes, "smooth", machine);
    const costOf = (one: typeof layer, rounding: "smooth" | "exact") => {
      const cost = { energyPj: 0, latencyCycles: 0 };
      one.needs(nest, needs);
      one.evaluate(nest, machine, rounding, cost);
      return cost;
    };
    const slopesOf = (one: typeof layer) => {
      const toFactors = new Float64Array(nest.factor.length);
      one.gradient(nest, machine, { energy: 0, latency: 1, needs: null }, toFactors, emptyMachine(levels));
      return toFactors;
    };
    layer.follow!(0.15);
    expect(costOf(layer, "smooth")).toEqual(costOf(plain, "smooth"));
    slopesOf(layer).forEach((slope, i) => {
      expect(slope / slopesOf(plain)[i]!).toBeCloseTo(1, 9);
    });
    const before = nest.factor.slice();
    nest.factor[0]! *= 1.05;
    const near = costOf(layer, "smooth").latencyCycles;
    expect(near).not.toBe(costOf(plain, "smooth").latencyCycles);
    expect(near / costOf(plain, "smooth").latencyCycles).toBeCloseTo(1, 1);
    // What is followed has the slopes that it says it has.
    const [slope] = slopesOf(layer);
    const moved = (by: number) => {
      nest.factor.set(before);
      nest.factor[0]! *= 1.05 * Math.exp(by);
      return costOf(layer, "smooth").latencyCycles;
    };
    expect(slope! / ((moved(1e-6) - moved(-1e-6)) / 2e-6)).toBeCloseTo(1, 4);
    expect(costOf(layer, "exact")).toEqual(costOf(plain, "exact"));
    nest.factor.set(before);
    nest.factor[0]! *= 1.5;
    expect(costOf(layer, "smooth")).toEqual(costOf(plain, "smooth"));
    layer.follow!(0);
    nest.factor[0]! *= 1.01;
    expect(costOf(layer, "smooth")).toEqual(costOf(plain, "smooth"));
  });
});
