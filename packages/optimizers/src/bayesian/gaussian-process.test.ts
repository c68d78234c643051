import { describe, expect, it } from "vitest";
import { makeGaussianProcess } from "./gaussian-process.js";
import type { Hyperparameters } from "./kernel.js";

const one: Hyperparameters = { variance: 2, lengths: Float64Array.of(1), noise: 0.5 };

describe("gaussianProcess", () => {
  it("shrinks a single observation towards the mean by variance / (variance + noise)", () => {
    const process = makeGaussianProcess([[0.3]], [5], one)!;
    const { mean, deviation } = process.predict([0.3]);
    expect(mean).toBeCloseTo((5 * 2) / 2.5, 12);
    expect(deviation ** 2).toBeCloseTo(2 - (2 * 2) / 2.5, 12);
    // log N(5; 0, 2.5)
    expect(process.logLikelihood).toBeCloseTo(-(25 / 2.5) / 2 - Math.log(2.5) / 2 - Math.log(2 * Math.PI) / 2, 12);
  });

  it("agrees with the conditional of two observations worked out by hand", () => {
    // At distance 1: a = sqrt(5), correlation (1 + sqrt(5) + 5/3) e^-sqrt(5) = 0.5239941088318203.
    const c = 0.5239941088318203;
    const process = makeGaussianProcess([[0], [1]], [1, -2], { variance: 1, lengths: Float64Array.of(1), noise: 0.1 })!;
    // K = [[1.1, c], [c, 1.1]]; K^-1 = [[1.1, -c], [-c, 1.1]] / (1.21 - c^2)
    const determinant = 1.21 - c * c;
    const weights = [(1.1 * 1 + c * 2) / determinant, (-c * 1 - 1.1 * 2) / determinant];
    expect([...process.weights]).toEqual([expect.closeTo(weights[0]!, 12), expect.closeTo(weights[1]!, 12)]);
    expect(process.predict([0]).mean).toBeCloseTo(weights[0]! + c * weights[1]!, 12);
    const explained = (1.1 - 2 * c * c + 1.1 * c * c) / determinant;
    expect(process.predict([0]).deviation ** 2).toBeCloseTo(1 - explained, 12);
    const square = 1 * weights[0]! - 2 * weights[1]!;
    expect(process.logLikelihood).toBeCloseTo(-square / 2 - Math.log(determinant) / 2 - Math.log(2 * Math.PI), 12);
  });

  it("knows nothing far from all observations", () => {
    const { mean, deviation } = makeGaussianProcess([[0], [0.1]], [3, 4], one)!.predict([1000]);
    expect(mean).toBeCloseTo(0, 12);
    expect(deviation).toBeCloseTo(Math.SQRT2, 12);
  });

  it("goes through observations without noise", () => {
    const inputs = [
      [0, 0],
      [0.4, 0.1],
      [0.9, 0.7],
    ];
    const process = makeGaussianProcess(inputs, [1, -1, 0.5], {
      variance: 1,
      lengths: Float64Array.of(0.5, 2),
      noise: 1e-9,
    })!;
    inputs.forEach((input, i) => {
      expect(process.predict(input).mean).toBeCloseTo([1, -1, 0.5][i]!, 6);
      expect(process.predict(input).deviation).toBeLessThan(1e-4);
    });
  });

  it("is not there for observations that contradict each other without noise", () => {
    expect(makeGaussianProcess([[0], [0]], [1, 2], { ...one, noise: 0 })).toBeNull();
  });
});
