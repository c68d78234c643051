/** Samples are sums of fractions (one layer is a part of a sample): without the noise of their last digits. */
export function thousandths(samples: number): number {
  return Math.round(samples * 1000) / 1000;
}
