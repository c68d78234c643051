import type { LoopNest } from "@loopnest/mapspace";
import type { Variables } from "./tiles.js";

/**
 * What a machine driven by commands does for one layer, in numbers: calls of the sequencer (one per tile), rows and
 * bytes and commands of loads, weight blocks preloaded, compute commands and rows streamed through the array, and
 * stores.
 */
export const COUNTS = [
  "calls",
  "inputRows",
  "inputBytes",
  "inputCommands",
  "weightRows",
  "weightBytes",
  "weightCommands",
  "preloads",
  "computeCommands",
  "streamedRows",
  "storeCommands",
  "storeRows",
  "storeBytes",
] as const;
export type CountName = (typeof COUNTS)[number];

/** Counts of one nest after the other. */
export interface ScheduleCounts {
  /** Logs of `COUNTS`. */
  readonly log: Float64Array;
  /** Log of the kernel columns packed into one pass. */
  readonly logPacked: () => number;
  /** Calls that read nothing but the border around the image; whole numbers, without a derivative. */
  outsideCalls: number;
  write(nest: LoopNest, variables: Variables, exact: boolean): void;
  /**
   * Adds derivatives, given those with respect to `log` and `logPacked`: with respect to logs of variables to
   * `toVariables`, and (for reuse, which depends on the loop order) with respect to log factors to `toFactors`.
   */
  gradient(
    nest: LoopNest,
    toLog: Float64Array,
    toLogPacked: number,
    toVariables: Float64Array,
    toFactors: Float64Array,
  ): void;
}
