import { type GaussianProcess, makeGaussianProcess } from "./gaussian-process.js";
import { correlation, correlationSlope, type Hyperparameters, scaled } from "./kernel.js";

/** A fitted process and what it was fitted to. */
export interface Fit {
  readonly hyper: Hyperparameters;
  readonly process: GaussianProcess;
}

const STEPS = 40;
/** Largest step in any log hyperparameter; it shrinks whenever the likelihood falls. */
const LARGEST_STEP = 0.5;
const SMALLEST_STEP = 0.01;
const LENGTHS = { least: 0.02, most: 20 } as const;
const VARIANCES = { least: 0.05, most: 20 } as const;
const NOISES = { least: 1e-6, most: 1 } as const;

/** Where a fit starts for features in [0, 1] and targets of variance 1. */
export function firstHyperparameters(features: number): Hyperparameters {
  return { variance: 1, lengths: new Float64Array(features).fill(0.5), noise: 0.01 };
}

/**
 * Fits the hyperparameters by climbing the log marginal likelihood: steps along the sign of its gradient in every log
 * hyperparameter, each with its own step size that grows while the sign holds and halves when it turns (Rprop).
 *
 * @param inputs Features in [0, 1].
 * @param targets Of mean 0 and variance 1.
 * @param start A former fit, say.
 * @returns The best fit met, `start` included; `null` if none has a positive definite covariance.
 */
export function fitHyperparameters(
  inputs: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  start: Hyperparameters,
): Fit | null {
  const logs = Float64Array.of(Math.log(start.variance), ...start.lengths.map(Math.log), Math.log(start.noise));
  const steps = new Float64Array(logs.length).fill(LARGEST_STEP / 2);
  const signs = new Float64Array(logs.length);
  let best: Fit | null = null;
  for (let step = 0; step < STEPS; step++) {
    const hyper = fromLogs(logs);
    const process = makeGaussianProcess(inputs, targets, hyper);
    if (process === null) break;
    if (best === null || process.logLikelihood > best.process.logLikelihood) best = { hyper, process };
    const gradient = likelihoodGradient(inputs, hyper, process);
    for (let k = 0; k < logs.length; k++) {
      const sign = Math.sign(gradient[k]!);
      const turned = sign * signs[k]! < 0;
      steps[k] = Math.min(LARGEST_STEP, steps[k]! * (turned ? 0.5 : 1.2));
      signs[k] = sign;
      logs[k]! += sign * steps[k]!;
    }
    clamp(logs);
    if (steps.every((size) => size < SMALLEST_STEP)) break;
  }
  return best;
}

/**
 * Derivative of the log marginal likelihood with respect to log variance, log length scales and log noise:
 * `tr((w w^T - K^-1) dK) / 2` with `w = K^-1 y` (Rasmussen and Williams, equation 5.9).
 */
export function likelihoodGradient(
  inputs: readonly ArrayLike<number>[],
  { variance, lengths, noise }: Hyperparameters,
  process: GaussianProcess,
): Float64Array {
  const n = inputs.length;
  const { weights } = process;
  const inverse = process.inverse();
  const known = inputs.map((input) => scaled(input, lengths));
  const gradient = new Float64Array(lengths.length + 2);
  for (let i = 0; i < n; i++) {
    const own = weights[i]! * weights[i]! - inverse[i * n + i]!;
    gradient[0]! += (own * variance) / 2;
    gradient[lengths.length + 1]! += (own * noise) / 2;
    const x = known[i]!;
    for (let j = 0; j < i; j++) {
      const y = known[j]!;
      // Both halves of the symmetric matrix.
      const factor = (weights[i]! * weights[j]! - inverse[i * n + j]!) * variance;
      gradient[0]! += factor * correlation(x, y);
      const slope = factor * correlationSlope(x, y);
      for (let k = 0; k < lengths.length; k++) gradient[k + 1]! += slope * (x[k]! - y[k]!) ** 2;
    }
  }
  return gradient;
}

function fromLogs(logs: Float64Array): Hyperparameters {
  const values = logs.map(Math.exp);
  return { variance: values[0]!, lengths: values.slice(1, -1), noise: values[values.length - 1]! };
}

function clamp(logs: Float64Array): void {
  for (let k = 0; k < logs.length; k++) {
    const { least, most } = k === 0 ? VARIANCES : k === logs.length - 1 ? NOISES : LENGTHS;
    logs[k] = Math.min(Math.log(most), Math.max(Math.log(least), logs[k]!));
  }
}
