/** A free size of a target: whole multiples of `step`, from `min` to `max` (which need not be multiples themselves). */
export interface FreeSize {
  /** Name by which expressions refer to it, with its unit where it has one (`scratchpadKb`). */
  readonly name: string;
  readonly description: string;
  readonly min: number;
  readonly max: number;
  /** 1 unless given. */
  readonly step?: number;
  /**
   * Largest value that a random draw of hardware takes, where that is less than the range allows; `max` unless given.
   */
  readonly drawnUpTo?: number;
  /** Value of the machine as built, used when the size is neither searched nor given. */
  readonly default: number;
}

/**
 * What is no further than this from a whole number of steps, relative to it, is one: steps such as 0.1 are not exact.
 */
const WHOLE = 1e-12;

/** The least value that a size takes. */
export function leastSize(size: FreeSize): number {
  return sizeFrom(size, size.min);
}

/** The greatest value that a size takes; less than the least one if there is no multiple of the step in its range. */
export function greatestSize(size: FreeSize): number {
  return sizeUpTo(size, size.max);
}

/**
 * The least multiple of a size's step that is no smaller than `value`; it may lie outside of the size's range.
 *
 * @internal
 */
export function sizeFrom({ step = 1 }: FreeSize, value: number): number {
  return Math.ceil((value / step) * (1 - WHOLE)) * step;
}

/**
 * The greatest multiple of a size's step that is no larger than `value`; it may lie outside of the size's range.
 *
 * @internal
 */
export function sizeUpTo({ step = 1 }: FreeSize, value: number): number {
  return Math.floor((value / step) * (1 + WHOLE)) * step;
}

/** The value of a size that is nearest to `value`. */
export function nearestSize(size: FreeSize, value: number): number {
  const { step = 1 } = size;
  return Math.min(greatestSize(size), Math.max(leastSize(size), Math.round(value / step) * step));
}

/** Whether a size takes a value: a multiple of its step within its range. @internal */
export function isSize(size: FreeSize, value: number): boolean {
  if (!(value >= leastSize(size) * (1 - WHOLE) && value <= greatestSize(size) * (1 + WHOLE))) return false;
  const steps = value / (size.step ?? 1);
  return Math.abs(steps - Math.round(steps)) <= WHOLE * steps;
}

/** All values of a size, ascending; none if there is no multiple of the step in its range. @internal */
export function sizeValues(size: FreeSize): Float64Array {
  const { step = 1 } = size;
  const first = Math.round(leastSize(size) / step);
  const count = Math.max(0, Math.round(greatestSize(size) / step) - first + 1);
  return Float64Array.from({ length: count }, (_, i) => (first + i) * step);
}
