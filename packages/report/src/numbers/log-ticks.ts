import { tickStep, ticks } from "d3-array";
import { scaleLog } from "d3-scale";

/** Ticks of a logarithmic axis that all have room for their number. */
export interface LogTicks {
  readonly values: readonly number[];
  /** The number of a tick: `2e9`. */
  readonly text: (value: number) => string;
}

/** What the numbers of ticks may begin with: the fewer digits, the more decades an axis spans. */
const LEADING = [
  { decades: 4, digits: [1] },
  { decades: 1.2, digits: [1, 2, 5] },
  { decades: 0.6, digits: [1, 2, 3, 4, 5, 6, 8] },
] as const;

/** @param most Ticks at most, about. */
export function logTicks([low, high]: readonly [number, number], most = 8): LogTicks {
  const decades = Math.log10(high / low);
  const leading: readonly number[] | undefined = LEADING.find((step) => decades >= step.decades)?.digits;
  if (leading === undefined) return evenTicks(low, high, most);
  const values = scaleLog([low, high], [0, 1])
    .ticks()
    .filter((value) => leading.includes(Number(value.toExponential(6).split("e")[0])));
  const every = leading.length === 1 ? Math.ceil(values.length / most) : 1;
  return { values: values.filter((_, i) => i % every === 0), text: (value) => exponent(value, 0) };
}

/** Less than half a decade looks nearly even: ticks at even distances. */
function evenTicks(low: number, high: number, most: number): LogTicks {
  const digits = Math.floor(Math.log10(high)) - Math.floor(Math.log10(tickStep(low, high, most)) + 1e-9);
  return { values: ticks(low, high, most), text: (value) => exponent(value, Math.max(0, digits)) };
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
