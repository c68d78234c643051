/** What the covariance of a Gaussian process is made of. */
export interface Hyperparameters {
  /** Variance of the function. */
  readonly variance: number;
  /** Length scale of every feature. */
  readonly lengths: Float64Array;
  /** Variance of the noise of an observation. */
  readonly noise: number;
}

/** Features divided by their length scales. */
export function scaled(features: ArrayLike<number>, lengths: Float64Array): Float64Array {
  return lengths.map((length, k) => features[k]! / length);
}

/** Matérn 5/2 of scaled features: `(1 + a + a^2 / 3) e^-a` with `a = sqrt(5) * |x - y|`. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const a = scaledDistance(x, y);
  return (1 + a + (a * a) / 3) * Math.exp(-a);
}

/**
 * What the derivative of the correlation with respect to the log of length scale k has in common for all k: times
 * `(x[k] - y[k])^2` it is that derivative, `5/3 * (1 + a) e^-a`.
 */
export function correlationSlope(x: Float64Array, y: Float64Array): number {
  const a = scaledDistance(x, y);
  return (5 / 3) * (1 + a) * Math.exp(-a);
}

/** `sqrt(5) * |x - y|`. */
function scaledDistance(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    const difference = x[k]! - y[k]!;
    sum += difference * difference;
  }
  return Math.sqrt(5 * sum);
}
