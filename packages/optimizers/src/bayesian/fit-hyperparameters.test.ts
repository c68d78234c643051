import { seededRandom } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { firstHyperparameters, fitHyperparameters, likelihoodGradient } from "./fit-hyperparameters.js";
import { makeGaussianProcess } from "./gaussian-process.js";
import type { Hyperparameters } from "./kernel.js";

const source = seededRandom(7);
const inputs = Array.from({ length: 30 }, () => [source.uniform(), source.uniform()]);

describe("likelihoodGradient", () => {
  it("agrees with finite differences in every log hyperparameter", () => {
    const targets = inputs.map(([x, y]) => Math.sin(5 * x!) + y!);
    const logs = [Math.log(0.8), Math.log(0.4), Math.log(0.9), Math.log(0.05)];
    const hyperAt = (values: readonly number[]): Hyperparameters => {
      const [variance, first, second, noise] = values.map(Math.exp);
      return { variance: variance!, lengths: Float64Array.of(first!, second!), noise: noise! };
    };
    const gradient = likelihoodGradient(inputs, hyperAt(logs), makeGaussianProcess(inputs, targets, hyperAt(logs))!);
    const step = 1e-5;
    logs.forEach((_, k) => {
      const shifted = (by: number) => logs.map((log, j) => (j === k ? log + by : log));
      const at = (by: number) => makeGaussianProcess(inputs, targets, hyperAt(shifted(by)))!.logLikelihood;
      expect(gradient[k]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 4);
    });
  });
});

describe("fitHyperparameters", () => {
  it("finds out which feature matters, and how noisy observations are", () => {
    const wave = inputs.map(([x]) => Math.SQRT2 * Math.sin(12 * x!) + 0.1 * source.normal());
    const start = firstHyperparameters(2);
    const { hyper, process } = fitHyperparameters(inputs, wave, start)!;
    expect(process.logLikelihood).toBeGreaterThan(makeGaussianProcess(inputs, wave, start)!.logLikelihood);
    expect(hyper.lengths[1]).toBeGreaterThan(5 * hyper.lengths[0]!);
    expect(hyper.noise).toBeGreaterThan(0.001);
    expect(hyper.noise).toBeLessThan(0.1);
  });

  it("reaches a point from which no hyperparameter alone leads further up", () => {
    const targets = inputs.map(([x, y]) => Math.sin(5 * x!) + Math.cos(3 * y!) + 0.2 * source.normal());
    const { hyper, process } = fitHyperparameters(inputs, targets, firstHyperparameters(2))!;
    for (const factor of [0.8, 1.25]) {
      for (const changed of [
        { ...hyper, variance: hyper.variance * factor },
        { ...hyper, noise: hyper.noise * factor },
        { ...hyper, lengths: Float64Array.of(hyper.lengths[0]! * factor, hyper.lengths[1]!) },
        { ...hyper, lengths: Float64Array.of(hyper.lengths[0]!, hyper.lengths[1]! * factor) },
      ]) {
        expect(makeGaussianProcess(inputs, targets, changed)!.logLikelihood).toBeLessThan(process.logLikelihood + 0.01);
      }
    }
  });
});
