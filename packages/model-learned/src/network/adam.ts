const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;

/** Running moments of Adam's gradients (Kingma and Ba 2015). */
export interface Adam {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  step: number;
}

/** Moments of so many parameters, before the first step. */
export function adam(size: number): Adam {
  return { mean: new Float64Array(size), square: new Float64Array(size), step: 0 };
}

/**
 * One step down the gradient, with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * @param decay Share of a parameter that a step of rate 1 takes away.
 */
export function adamStep(state: Adam, gradient: Float64Array, rate: number, decay: number, values: Float64Array): void {
  const { mean, square } = state;
  state.step++;
  const meanBias = 1 - MEAN_DECAY ** state.step;
  const squareBias = 1 - SQUARE_DECAY ** state.step;
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]!;
    const m = (mean[i] = MEAN_DECAY * mean[i]! + (1 - MEAN_DECAY) * g);
    const s = (square[i] = SQUARE_DECAY * square[i]! + (1 - SQUARE_DECAY) * g * g);
    values[i]! -= rate * (m / meanBias / (Math.sqrt(s / squareBias) + 1e-8) + decay * values[i]!);
  }
}
