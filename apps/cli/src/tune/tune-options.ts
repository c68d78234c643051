import type { DriverName } from "@loopnest/model-learned";
import type { OutputForm } from "../terminal/print-data.js";

/** What may be chosen anew when tuning goes on. */
export interface TuneRunOptions extends OutputForm {
  /** Runs of the command at a time. */
  readonly jobs: number;
  /** Cases that one run gets. */
  readonly batch: number;
  /** Seconds that may pass without an answer; no limit unless given. */
  readonly timeout?: number;
  /** Measurements at most, those that are there included. */
  readonly measurements?: number;
  /** Threads of searches; one per processor core unless given. */
  readonly workers?: number;
  /** Whether cases that failed are measured again. */
  readonly retry?: boolean;
}

/** The options of `loopnest tune`. */
export interface TuneOptions extends TuneRunOptions {
  /** Name or file. */
  readonly target: string;
  readonly measure: string;
  readonly shell?: boolean;
  /** Names or files. */
  readonly network: readonly string[];
  /** Names or files: whose layers proposals map; the networks that are searched if there are none. */
  readonly sampleNetwork: readonly string[];
  readonly weight: readonly string[];
  readonly dim: readonly string[];
  readonly fix: readonly string[];
  readonly pe?: number;
  /** Sizes that are not given take their defaults. */
  readonly built?: boolean;
  readonly driver: DriverName;
  readonly maxCycles?: number;
  /** Evaluations of the network in every search. */
  readonly samples: number;
  readonly starts?: number;
  readonly energyTable?: string;
  readonly seed: number;
  readonly output?: string;
  readonly force?: boolean;
}

/** Measurements unless told otherwise. */
export const DEFAULT_MEASUREMENTS = 200;
