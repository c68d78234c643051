import type { Target } from "@loopnest/mapspace";
import { COUNTS } from "./counts.js";
import { CALL, CONSTANTS, LAYER, OUTSIDE_CALL, OVERLAP } from "./machine-constants.js";

/** What calls wait for: loads, the array, stores, and the sequencer itself. */
export const RESOURCES = ["load", "compute", "store", "issue"] as const;
const ISSUE = RESOURCES.indexOf("issue");

/** What waits for what in a machine. */
export interface ScheduleForm {
  /** Resource of every count but the first (calls), in the order of `COUNTS`; constants stand in the same order. */
  readonly resourceOf: readonly number[];
  /** For every resource the first of those that it takes turns with: their times add up, while the others overlap. */
  readonly turns: readonly number[];
}

/** Loads, array, stores and sequencer run side by side; weights are preloaded in the array's time. */
export const sideBySide: ScheduleForm = {
  resourceOf: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2],
  turns: [0, 1, 2, 3],
};

/**
 * A plain machine's: the next weights are preloaded beside the stream of pixels, in the sequencer's time; stores take
 * turns with loads if memory has one bandwidth for both.
 */
export function plainForm({ levels }: Target): ScheduleForm {
  const bandwidth = levels[0]!.bandwidthWordsPerCycle;
  const shared = bandwidth !== null && "shared" in bandwidth;
  return { resourceOf: [0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2], turns: [0, 1, shared ? 0 : 2, 3] };
}

/** Cycles of a schedule with derivatives of their log. */
export interface ScheduleCycles {
  readonly form: ScheduleForm;
  logCycles: number;
  /** Log of the share of the cycles that every resource would take alone. */
  readonly logShare: Float64Array;
  /** Derivative of `logCycles` by log counts, and by log constants. */
  readonly byCount: Float64Array;
  readonly byConstant: Float64Array;
  /** Derivatives of log resource times (not shares) by log counts: `resource * counts + count`. */
  readonly resourceByCount: Float64Array;
  /** On the way, for every resource: its time, that of those that take turns, and that in the mean. */
  readonly time: Float64Array;
  readonly turn: Float64Array;
  readonly weight: Float64Array;
}

/** Memory for cycles and derivatives, all zero. */
export function scheduleCycles(form: ScheduleForm): ScheduleCycles {
  return {
    form,
    logCycles: 0,
    logShare: new Float64Array(RESOURCES.length),
    byCount: new Float64Array(COUNTS.length),
    byConstant: new Float64Array(CONSTANTS.length),
    resourceByCount: new Float64Array(RESOURCES.length * COUNTS.length),
    time: new Float64Array(RESOURCES.length),
    turn: new Float64Array(RESOURCES.length),
    weight: new Float64Array(RESOURCES.length),
  };
}

/**
 * Cycles of a schedule on a machine with given constants:
 *
 *     load, compute, store, issue = sum of count * constant,  issue has calls * call
 *     cycles = (load^q + compute^q + store^q + issue^q)^(1/q) + outsideCalls * outsideCall + layer,   q = 1 + overlap
 *
 * (here with resources that do not take turns; those that do are summed first). The generalised mean stands for queues
 * that run side by side but wait for each other's buffers.
 *
 * @param logConstants Logs of `CONSTANTS`.
 */
export function writeScheduleCycles(
  logCounts: Float64Array,
  outsideCalls: number,
  logConstants: Float64Array,
  out: ScheduleCycles,
): void {
  const { byCount, byConstant, resourceByCount, logShare, time, turn, weight } = out;
  const { resourceOf, turns } = out.form;
  const counts = COUNTS.length;
  const exponent = 1 + Math.min(Math.exp(logConstants[OVERLAP]!), 8);
  time.fill(0);
  resourceByCount.fill(0);
  for (let c = 1; c < counts; c++) {
    const cycles = Math.exp(logCounts[c]! + logConstants[c - 1]!);
    time[resourceOf[c - 1]!]! += cycles;
    resourceByCount[resourceOf[c - 1]! * counts + c] = cycles;
  }
  const calls = Math.exp(logCounts[0]! + logConstants[CALL]!);
  time[ISSUE]! += calls;
  resourceByCount[ISSUE * counts] = calls;
  turn.fill(0);
  for (let r = 0; r < time.length; r++) turn[turns[r]!]! += time[r]!;
  let largest = 0;
  for (let r = 0; r < time.length; r++) largest = Math.max(largest, turn[r]!);
  let sum = 0;
  for (let r = 0; r < time.length; r++) sum += weight[r] = (turn[r]! / largest) ** exponent;
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
    const own = turns[r]!;
    const share = ((weight[own]! / sum) * time[r]!) / turn[own]!;
    logShare[r] = Math.log(time[r]!) - out.logCycles;
    if (weight[r]! > 0) spread += (weight[r]! / sum) * Math.log(turn[r]! / largest);
    for (let c = 0; c < counts; c++) {
      const relative = resourceByCount[r * counts + c]! / time[r]!;
      resourceByCount[r * counts + c] = relative;
      byCount[c]! += part * share * relative;
      if (c > 0) byConstant[c - 1]! += part * share * relative;
    }
  }
  byConstant[CALL] = (part * weight[ISSUE]! * calls) / (sum * time[ISSUE]!);
  byConstant[OUTSIDE_CALL] = lost / cycles;
  byConstant[LAYER] = once / cycles;
  const byExponent = part * (spread / exponent - Math.log(sum) / exponent ** 2);
  byConstant[OVERLAP] = exponent < 9 ? byExponent * (exponent - 1) : 0;
  // Calls outside the image are a share of all calls.
  byCount[0]! += lost / cycles;
}
