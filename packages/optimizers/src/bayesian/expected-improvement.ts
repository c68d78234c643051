/**
 * Expected improvement over `best` of a normally distributed value, lower being better (Jones et al., Efficient Global
 * Optimization, 1998): `(best - mean) * cdf(z) + deviation * pdf(z)` with `z = (best - mean) / deviation`.
 */
export function expectedImprovement({ mean, deviation }: { mean: number; deviation: number }, best: number): number {
  if (deviation === 0) return Math.max(0, best - mean);
  const z = (best - mean) / deviation;
  return (best - mean) * normalCdf(z) + (deviation * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Standard normal distribution function, to 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26).
 */
function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const tail = (polynomial * Math.exp(-x * x)) / 2;
  return z < 0 ? tail : 1 - tail;
}
