import type { LoopNest } from "@loopnest/mapspace";
import type { Variables } from "./tiles.js";

/**
 * What a machine driven by commands does for one layer, in numbers: calls of the sequencer (one per tile), rows and
 * bytes and commands of loads, bytes of inputs that are loaded for the first time (later ones may come from a cache),
 * steps from one page of memory to another between rows of weights (see `pageShare`), weight blocks preloaded, rows by
 * which these outlast the pixels streamed meanwhile (one at least each), compute commands and rows streamed through the
 * array, and stores.
 */
export const COUNTS = [
  "calls",
  "inputRows",
  "inputBytes",
  "inputCommands",
  "compulsoryInputBytes",
  "weightRows",
  "weightBytes",
  "weightCommands",
  "weightPages",
  "preloads",
  "preloadRows",
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
