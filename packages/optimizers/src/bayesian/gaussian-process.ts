import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { correlation, type Hyperparameters, scaled } from "./kernel.js";

/** A Gaussian process conditioned on observations. */
export interface GaussianProcess {
  /** Log of the probability density of the observations under the prior. */
  readonly logLikelihood: number;
  /** `K^-1 y`, of the observations' covariance K with noise. */
  readonly weights: Float64Array;
  /** `K^-1`, row by row, for the gradient of the likelihood; computed when it is asked for first. */
  inverse(): Float64Array;
  /** Mean and standard deviation of the function, without noise, at a point. */
  predict(at: ArrayLike<number>): { mean: number; deviation: number };
}

/** A pivot this small, relative to the variance of an observation, is one of rounding. */
const SINGULAR = 1e-12;

/**
 * Regression with a zero-mean Gaussian process (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006,
 * algorithm 2.1): a Matérn 5/2 covariance with one length scale per feature, plus independent noise.
 *
 * @param inputs Features of every observation.
 * @param targets Observed values; should have mean 0.
 * @returns `null` if the covariance is not positive definite to working precision.
 */
export function makeGaussianProcess(
  inputs: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  hyper: Hyperparameters,
): GaussianProcess | null {
  const n = inputs.length;
  const known = inputs.map((input) => scaled(input, hyper.lengths));
  const covariance = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = hyper.variance * correlation(known[i]!, known[j]!) + (i === j ? hyper.noise : 0);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  const cholesky = new CholeskyDecomposition(covariance);
  const lower = cholesky.lowerTriangularMatrix;
  const least = SINGULAR * (hyper.variance + hyper.noise);
  if (inputs.some((_, i) => !(lower.get(i, i) ** 2 > least))) return null;
  const weights = Float64Array.from(cholesky.solve(Matrix.columnVector(targets)).to1DArray());
  let inverse: Float64Array | undefined;
  // log p(y) = -(y^T K^-1 y) / 2 - sum of log L[i][i] - n / 2 * log(2 pi)
  let logLikelihood = (-n / 2) * Math.log(2 * Math.PI);
  for (let i = 0; i < n; i++) logLikelihood -= (targets[i]! * weights[i]!) / 2 + Math.log(lower.get(i, i));
  /** Overwrites a vector v with L^-1 v, by forward substitution. */
  const solveLower = (v: Float64Array) => {
    for (let i = 0; i < n; i++) {
      let rest = v[i]!;
      for (let j = 0; j < i; j++) rest -= lower.get(i, j) * v[j]!;
      v[i] = rest / lower.get(i, i);
    }
  };
  const cross = new Float64Array(n);
  return {
    logLikelihood,
    weights,
    inverse() {
      inverse ??= Float64Array.from(cholesky.solve(Matrix.eye(n)).to1DArray());
      return inverse;
    },
    predict(at) {
      const point = scaled(at, hyper.lengths);
      let mean = 0;
      for (let i = 0; i < n; i++) {
        cross[i] = hyper.variance * correlation(known[i]!, point);
        mean += cross[i]! * weights[i]!;
      }
      // k^T K^-1 k = |L^-1 k|^2.
      solveLower(cross);
      const explained = cross.reduce((sum, value) => sum + value * value, 0);
      return { mean, deviation: Math.sqrt(Math.max(0, hyper.variance - explained)) };
    },
  };
}
