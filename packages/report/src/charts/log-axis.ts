/** Ticks of a logarithmic axis that all have room for their number. */
export interface LogTicks {
  readonly values: readonly number[];
  /** The number of a tick: `2e9`. */
  readonly text: (value: number) => string;
}

/** Where the mantissas of ticks may stand: the fewer, the more decades an axis spans. */
const MANTISSAS = [
  { decades: 4, of: [1] },
  { decades: 1.2, of: [1, 2, 5] },
  { decades: 0.6, of: [1, 2, 3, 4, 5, 6, 8] },
] as const;

/** @param most Ticks at most, about. */
export function logTicks([low, high]: readonly [number, number], most = 8): LogTicks {
  const decades = Math.log10(high / low);
  const mantissas = MANTISSAS.find((step) => decades >= step.decades)?.of;
  if (mantissas === undefined) return evenTicks(low, high, most);
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const mantissa of mantissas) {
      const value = mantissa * 10 ** power;
      if (value >= low && value <= high) values.push(value);
    }
  }
  const every = mantissas.length === 1 ? Math.ceil(values.length / most) : 1;
  return { values: values.filter((_, i) => i % every === 0), text: (value) => exponent(value, 0) };
}

/** Less than half a decade looks nearly even: ticks at even distances. */
function evenTicks(low: number, high: number, most: number): LogTicks {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  const values = Array.from({ length: count }, (_, i) => (first + i) * step);
  const digits = Math.max(0, Math.floor(Math.log10(high)) - Math.floor(Math.log10(step)));
  return { values, text: (value) => exponent(value, digits) };
}

function exponent(value: number, digits: number): string {
  return value.toExponential(digits).replace("e+", "e");
}

/** A range with some room at both ends, so that nothing is drawn on the frame. */
export function padded(values: readonly number[], share = 0.06): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const factor = high > low ? (high / low) ** share : 1.1;
  return [low / factor, high * factor];
}
