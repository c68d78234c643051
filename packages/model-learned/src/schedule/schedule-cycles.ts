import { COUNTS } from "./counts.js";
import { CALL, CONSTANTS, LAYER, OUTSIDE_CALL, OVERLAP } from "./machine-constants.js";

/** What calls wait for: loads, the array, stores, and the sequencer itself. */
export const RESOURCES = ["load", "compute", "store", "issue"] as const;

/** Resource of every count but the first (calls), in the order of `COUNTS`; constants stand in the same order. */
const RESOURCE_OF = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2] as const;

/** Cycles of a schedule with derivatives of their log. */
export interface ScheduleCycles {
  logCycles: number;
  /** Log of the share of the cycles that every resource would take alone. */
  readonly logShare: Float64Array;
  /** Derivative of `logCycles` by log counts, and by log constants. */
  readonly byCount: Float64Array;
  readonly byConstant: Float64Array;
  /** Derivatives of log resource times (not shares) by log counts: `resource * counts + count`. */
  readonly resourceByCount: Float64Array;
}

/** Memory for cycles and derivatives, all zero. */
export function scheduleCycles(): ScheduleCycles {
  return {
    logCycles: 0,
    logShare: new Float64Array(RESOURCES.length),
    byCount: new Float64Array(COUNTS.length),
    byConstant: new Float64Array(CONSTANTS.length),
    resourceByCount: new Float64Array(RESOURCES.length * COUNTS.length),
  };
}

const time = new Float64Array(RESOURCES.length);
const weight = new Float64Array(RESOURCES.length);

/**
 * Cycles of a schedule on a machine with given constants:
 *
 *     load, compute, store = sum of count * constant,  issue = calls * call
 *     cycles = (load^q + compute^q + store^q + issue^q)^(1/q) + outsideCalls * outsideCall + layer,   q = 1 + overlap
 *
 * The generalised mean stands for queues that run side by side but wait for each other's buffers.
 *
 * @param logConstants Logs of `CONSTANTS`.
 */
export function writeScheduleCycles(
  logCounts: Float64Array,
  outsideCalls: number,
  logConstants: Float64Array,
  out: ScheduleCycles,
): void {
  const { byCount, byConstant, resourceByCount, logShare } = out;
  const counts = COUNTS.length;
  const exponent = 1 + Math.min(Math.exp(logConstants[OVERLAP]!), 8);
  time.fill(0);
  resourceByCount.fill(0);
  for (let c = 1; c < counts; c++) {
    const cycles = Math.exp(logCounts[c]! + logConstants[c - 1]!);
    time[RESOURCE_OF[c - 1]!]! += cycles;
    resourceByCount[RESOURCE_OF[c - 1]! * counts + c] = cycles;
  }
  time[3] = Math.exp(logCounts[0]! + logConstants[CALL]!);
  resourceByCount[3 * counts] = time[3]!;
  let largest = 0;
  for (let r = 0; r < time.length; r++) largest = Math.max(largest, time[r]!);
  let sum = 0;
  for (let r = 0; r < time.length; r++) sum += weight[r] = (time[r]! / largest) ** exponent;
  const joint = largest * sum ** (1 / exponent);
  const lost = outsideCalls * Math.exp(logConstants[OUTSIDE_CALL]!);
  const once = Math.exp(logConstants[LAYER]!);
  const cycles = joint + lost + once;
  out.logCycles = Math.log(cycles);

  byCount.fill(0);
  byConstant.fill(0);
  const part = joint / cycles;
  let spread = 0;
  for (let r = 0; r < time.length; r++) {
    const share = weight[r]! / sum;
    logShare[r] = Math.log(time[r]!) - out.logCycles;
    if (weight[r]! > 0) spread += share * Math.log(time[r]! / largest);
    for (let c = 0; c < counts; c++) {
      const relative = resourceByCount[r * counts + c]! / time[r]!;
      resourceByCount[r * counts + c] = relative;
      byCount[c]! += part * share * relative;
      if (c > 0) byConstant[c - 1]! += part * share * relative;
    }
  }
  byConstant[CALL] = (part * weight[3]!) / sum;
  byConstant[OUTSIDE_CALL] = lost / cycles;
  byConstant[LAYER] = once / cycles;
  const byExponent = part * (spread / exponent - Math.log(sum) / exponent ** 2);
  byConstant[OVERLAP] = exponent < 9 ? byExponent * (exponent - 1) : 0;
  // Calls outside the image are a share of all calls.
  byCount[0]! += lost / cycles;
}
