import { ACCUMULATOR_SRAM, SCRATCHPAD_SRAM, type SramPoint, type SramSeries } from "./cacti-40nm-data.js";
import type { Price } from "./energy-table.js";
import { evaluateCubic, type MonotoneCubic, monotoneCubic } from "./monotone-cubic.js";

/**
 * Energy and area of SRAM arrays of any size, from CACTI's numbers for powers of two.
 *
 * Along rows: a monotone cubic in log-log, through every number, with a continuous derivative. Between two widths:
 * linear in log-log at equal rows, so that the derivative by width jumps at the measured widths (16, 32, ... 1024
 * bits).
 *
 * Outside the measured sizes. Narrower or wider rows, and accumulator rows of other than 32 bits, cost in proportion to
 * their width: arrays side by side. With more rows energy grows as their root (the length of wires) and area in
 * proportion. With fewer rows the slope of the first two numbers goes on down to 64 rows; below, prices are flat as
 * CACTI's are.
 *
 * Error, by predicting numbers left out (relative; median, 90th percentile, largest). Every other number of rows left
 * out: energy 6 %, 17 %, 24 %, area 6 %, 14 %, 24 %. A width left out: energy 7 %, 17 %, 28 %, area 4 %, 7 %, 17 %. In
 * use the gaps are half as wide, and at CACTI's own sizes the error is 0.
 */
export interface Sram {
  /** Largest of read and write energy of one access to a row, as Timeloop takes it from an Accelergy table. */
  readonly accessPj: SramSurface;
  readonly areaUm2: SramSurface;
}

/** Interpolants over log rows of the log of a price, one per measured width. */
export interface SramSurface {
  readonly logWidths: Float64Array;
  readonly curves: readonly MonotoneCubic[];
}

/** CACTI's smallest array. */
const FEWEST_ROWS = 64;

/** Prices of the given series: widths must be ascending. */
export function sram(series: readonly SramSeries[]): Sram {
  const surface = (price: (point: SramPoint) => number, growth: number): SramSurface => ({
    logWidths: Float64Array.from(series, ({ widthBits }) => Math.log(widthBits)),
    curves: series.map((one) => curve(one, price, growth)),
  });
  return {
    accessPj: surface(([readPj, writePj]) => Math.max(readPj, writePj), 0.5),
    areaUm2: surface(([, , areaUm2]) => areaUm2, 1),
  };
}

/** One port, one bank, rows of any width. */
export const scratchpadSram: Sram = sram(SCRATCHPAD_SRAM);
/** Two ports, two banks, rows of 32 bits. */
export const accumulatorSram: Sram = sram([ACCUMULATOR_SRAM]);

function curve(series: SramSeries, price: (point: SramPoint) => number, growth: number): MonotoneCubic {
  const { firstRows, points } = series;
  const logs = points.map((point) => Math.log(price(point)));
  const known = logs.slice(Math.max(0, Math.log2(FEWEST_ROWS / firstRows)));
  for (let rows = firstRows; rows > FEWEST_ROWS; rows /= 2) known.unshift(2 * known[0]! - known[1]!);
  return monotoneCubic(Math.log(FEWEST_ROWS), Math.LN2, known, growth);
}

/** Writes the price of an array of `rows` rows of `widthBits`. */
export function sramPrice(surface: SramSurface, rows: number, widthBits: number, out: Price): void {
  const { logWidths, curves } = surface;
  const last = curves.length - 1;
  const logRows = Math.log(rows);
  const logWidth = Math.log(widthBits);
  const outside = logWidth <= logWidths[0]! ? 0 : logWidth >= logWidths[last]! ? last : -1;
  if (outside >= 0) {
    const { value, slope } = evaluateCubic(curves[outside]!, logRows);
    out.value = Math.exp(value + logWidth - logWidths[outside]!);
    out.perLogRows = out.value * slope;
    out.perLogWidth = out.value;
    return;
  }
  let i = 0;
  while (logWidth >= logWidths[i + 1]!) i++;
  const low = evaluateCubic(curves[i]!, logRows);
  const high = evaluateCubic(curves[i + 1]!, logRows);
  const gap = logWidths[i + 1]! - logWidths[i]!;
  const share = (logWidth - logWidths[i]!) / gap;
  out.value = Math.exp(low.value + share * (high.value - low.value));
  out.perLogRows = out.value * (low.slope + share * (high.slope - low.slope));
  out.perLogWidth = (out.value * (high.value - low.value)) / gap;
}
