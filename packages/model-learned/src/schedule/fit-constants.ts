import { Matrix, solve } from "ml-matrix";
import { COUNTS } from "./counts.js";
import type { DriverName } from "./driver.js";
import { CONSTANTS, typicalConstants, type UnitConstants } from "./machine-constants.js";
import { type ScheduleForm, scheduleCycles, writeScheduleCycles } from "./schedule-cycles.js";

/** A measured schedule: what the fit of constants needs of a sample. */
export interface MeasuredSchedule {
  readonly logCounts: Float64Array;
  readonly outsideCalls: number;
  readonly logCycles: number;
  /** Whether it is of a matrix product. */
  readonly isProduct: boolean;
}

/** What the fit of one unit needs. */
type FittedSchedule = Omit<MeasuredSchedule, "isProduct">;

const STREAMED_ROWS = COUNTS.indexOf("streamedRows");

/**
 * Log of the fewest cycles that a row streamed through the array takes: 1, unless a sample was faster. A sum of
 * resources with fitted constants does not know that nothing goes faster than that, and few samples are slow for no
 * other reason.
 */
export function logFastestRow(samples: readonly Pick<MeasuredSchedule, "logCounts" | "logCycles">[]): number {
  let fastest = 0;
  for (const { logCounts, logCycles } of samples) fastest = Math.min(fastest, logCycles - logCounts[STREAMED_ROWS]!);
  return fastest;
}

/**
 * Log errors beyond this weigh linearly rather than squared: what the counts do not explain must not bend the
 * constants.
 */
const ROBUST_SCALE = 0.15;
/** Pull towards the typical constants, as log error per unit of log constant for every sample's unit of weight. */
const PRIOR = 0.02;
const MAX_STEPS = 80;

/**
 * Fits a machine's constants to measured cycles: the smallest sum of soft-L1 log errors, by Levenberg-Marquardt steps
 * on reweighted squares, with a weak pull towards where it starts so that few samples suffice.
 *
 * @param start Logs of the constants to begin with; the typical ones unless given.
 * @returns Logs of `CONSTANTS`; those of the start if there is no sample.
 */
export function fitConstants(
  samples: readonly FittedSchedule[],
  form: ScheduleForm,
  start: Float64Array = typicalConstants,
): Float64Array {
  const size = CONSTANTS.length;
  let constants = start.slice();
  if (samples.length === 0) return constants;
  const cycles = scheduleCycles(form);
  const robust = (error: number) => 2 * ROBUST_SCALE ** 2 * (Math.sqrt(1 + (error / ROBUST_SCALE) ** 2) - 1);
  const loss = (candidate: Float64Array) => {
    let sum = 0;
    for (const sample of samples) {
      writeScheduleCycles(sample.logCounts, sample.outsideCalls, candidate, cycles);
      sum += robust(cycles.logCycles - sample.logCycles);
    }
    for (let k = 0; k < size; k++) sum += (PRIOR * (candidate[k]! - start[k]!)) ** 2;
    return sum;
  };

  let current = loss(constants);
  let damping = 1e-2;
  for (let step = 0; step < MAX_STEPS && damping < 1e8; step++) {
    const normal = Matrix.zeros(size, size);
    const right = Matrix.zeros(size, 1);
    for (const sample of samples) {
      writeScheduleCycles(sample.logCounts, sample.outsideCalls, constants, cycles);
      const error = cycles.logCycles - sample.logCycles;
      const weight = 1 / Math.sqrt(1 + (error / ROBUST_SCALE) ** 2);
      for (let i = 0; i < size; i++) {
        const slope = weight * cycles.byConstant[i]!;
        if (slope === 0) continue;
        right.set(i, 0, right.get(i, 0) - slope * error);
        for (let j = 0; j < size; j++) normal.set(i, j, normal.get(i, j) + slope * cycles.byConstant[j]!);
      }
    }
    for (let k = 0; k < size; k++) {
      normal.set(k, k, normal.get(k, k) + PRIOR ** 2);
      right.set(k, 0, right.get(k, 0) - PRIOR ** 2 * (constants[k]! - start[k]!));
    }
    let improved = false;
    while (!improved && damping < 1e8) {
      const damped = normal.clone();
      for (let k = 0; k < size; k++) damped.set(k, k, normal.get(k, k) * (1 + damping) + 1e-9);
      const move = solve(damped, right);
      const candidate = constants.map((value, k) => value + Math.max(-2, Math.min(2, move.get(k, 0))));
      const next = loss(candidate);
      if (next < current) {
        improved = true;
        const gain = (current - next) / current;
        constants = candidate;
        current = next;
        damping = Math.max(1e-6, damping / 4);
        if (gain < 1e-7) return constants;
      } else damping *= 4;
    }
  }
  return constants;
}

/**
 * Fits the constants of every unit of a driver: of one unit to all samples, of two to the samples of each, starting
 * from, and staying close to, what fits all.
 */
export function fitUnits(samples: readonly MeasuredSchedule[], form: ScheduleForm, driver: DriverName): UnitConstants {
  const all = fitConstants(samples, form);
  if (driver === "plain") return { convolution: all, product: all };
  const ofUnit = (isProduct: boolean) =>
    fitConstants(
      samples.filter((sample) => sample.isProduct === isProduct),
      form,
      all,
    );
  return { convolution: ofUnit(false), product: ofUnit(true) };
}
