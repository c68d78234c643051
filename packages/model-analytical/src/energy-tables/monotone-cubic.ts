/**
 * A monotone cubic through values at equally spaced knots (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5, 1984):
 * the slope at a knot is the harmonic mean of its neighbours' secants, 0 where they differ in sign. It has a continuous
 * derivative, goes through every knot, and rises wherever the values do. Outside it goes on straight: flat below the
 * first knot, with a given slope above the last.
 */
export interface MonotoneCubic {
  readonly first: number;
  readonly spacing: number;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * Builds the interpolant of at least two `values` at `first`, `first + spacing`, ...
 *
 * @param slopeAbove At most three times the last secant, or the last piece is not monotone.
 */
export function monotoneCubic(
  first: number,
  spacing: number,
  values: readonly number[],
  slopeAbove: number,
): MonotoneCubic {
  const last = values.length - 1;
  const secants = values.slice(1).map((value, i) => (value - values[i]!) / spacing);
  const slopes = Float64Array.from(values, (_, i) => {
    if (i === 0) return 0;
    if (i === last) return slopeAbove;
    const left = secants[i - 1]!;
    const right = secants[i]!;
    return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
  });
  return { first, spacing, values: Float64Array.from(values), slopes };
}

/** Value and derivative at `x`. */
export function evaluateCubic(cubic: MonotoneCubic, x: number): { readonly value: number; readonly slope: number } {
  const { first, spacing, values, slopes } = cubic;
  const last = values.length - 1;
  const position = (x - first) / spacing;
  if (position <= 0) return { value: values[0]!, slope: 0 };
  if (position >= last) {
    return { value: values[last]! + slopes[last]! * (x - first - last * spacing), slope: slopes[last]! };
  }
  const i = Math.floor(position);
  const t = position - i;
  const s = 1 - t;
  const y0 = values[i]!;
  const y1 = values[i + 1]!;
  const m0 = slopes[i]!;
  const m1 = slopes[i + 1]!;
  return {
    value: s * s * (1 + 2 * t) * y0 + t * t * (3 - 2 * t) * y1 + spacing * t * s * (s * m0 - t * m1),
    slope: (6 * t * s * (y1 - y0)) / spacing + s * (1 - 3 * t) * m0 + t * (3 * t - 2) * m1,
  };
}
