/**
 * A small fully connected network with tanh layers and one linear output.
 *
 * Parameters stand in one array: for every layer its weights, one row of `inputs` per unit, then its biases.
 */
export interface Mlp {
  /** Inputs, hidden widths, 1. */
  readonly widths: readonly number[];
  readonly parameters: Float64Array;
}

/** A network of the given widths with all parameters 0. */
export function emptyMlp(widths: readonly number[]): Mlp {
  let size = 0;
  for (let i = 0; i + 1 < widths.length; i++) size += (widths[i]! + 1) * widths[i + 1]!;
  return { widths, parameters: new Float64Array(size) };
}

/** Room for the activations of one input. */
export function activationsOf(mlp: Mlp): Float64Array[] {
  return mlp.widths.map((width) => new Float64Array(width));
}

/** Output for the input in `activations[0]`; fills the other activations. */
export function forward({ widths, parameters }: Mlp, activations: readonly Float64Array[]): number {
  let at = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    const from = activations[layer - 1]!;
    const to = activations[layer]!;
    const inputs = widths[layer - 1]!;
    const units = widths[layer]!;
    const biases = at + inputs * units;
    const hidden = layer + 1 < widths.length;
    for (let unit = 0; unit < units; unit++) {
      // Four sums at once: a single one would wait for its own last addition.
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let i = 0;
      for (; i + 3 < inputs; i += 4) {
        a += parameters[at + i]! * from[i]!;
        b += parameters[at + i + 1]! * from[i + 1]!;
        c += parameters[at + i + 2]! * from[i + 2]!;
        d += parameters[at + i + 3]! * from[i + 3]!;
      }
      for (; i < inputs; i++) a += parameters[at + i]! * from[i]!;
      const sum = a + b + c + d + parameters[biases + unit]!;
      to[unit] = hidden ? Math.tanh(sum) : sum;
      at += inputs;
    }
    at = biases + units;
  }
  return activations[widths.length - 1]![0]!;
}

/**
 * Backwards from `seed`, the derivative of something with respect to the output: leaves that with respect to the input in
 * `deltas[0]`. Needs the `forward` before.
 */
export function backward(
  { widths, parameters }: Mlp,
  activations: readonly Float64Array[],
  seed: number,
  deltas: readonly Float64Array[],
): void {
  let end = parameters.length;
  deltas[widths.length - 1]![0] = seed;
  for (let layer = widths.length - 1; layer > 0; layer--) {
    const inputs = widths[layer - 1]!;
    const units = widths[layer]!;
    const from = activations[layer - 1]!;
    const delta = deltas[layer]!;
    const before = deltas[layer - 1]!;
    const biases = end - units;
    const weights = biases - inputs * units;
    before.fill(0);
    for (let unit = 0; unit < units; unit++) {
      const own = delta[unit]!;
      if (own === 0) continue;
      const row = weights + unit * inputs;
      for (let i = 0; i < inputs; i++) before[i]! += own * parameters[row + i]!;
    }
    if (layer > 1) for (let i = 0; i < inputs; i++) before[i]! *= 1 - from[i]! * from[i]!;
    end = weights;
  }
}
