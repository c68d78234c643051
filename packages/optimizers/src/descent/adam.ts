/** First and second moments of a gradient (Kingma and Ba, ICLR 2015). */
export interface AdamState {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  steps: number;
}

/** The moments before the first step. */
export function adamInit(size: number): AdamState {
  return { mean: new Float64Array(size), square: new Float64Array(size), steps: 0 };
}

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;

/** One step: subtracts the update from `values`, in place. */
export function adamUpdate(state: AdamState, gradient: Float64Array, rate: number, values: Float64Array): void {
  state.steps++;
  const meanScale = 1 / (1 - MEAN_DECAY ** state.steps);
  const squareScale = 1 / (1 - SQUARE_DECAY ** state.steps);
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]!;
    state.mean[i] = MEAN_DECAY * state.mean[i]! + (1 - MEAN_DECAY) * g;
    state.square[i] = SQUARE_DECAY * state.square[i]! + (1 - SQUARE_DECAY) * g * g;
    values[i]! -= (rate * state.mean[i]! * meanScale) / (Math.sqrt(state.square[i]! * squareScale) + 1e-8);
  }
}
