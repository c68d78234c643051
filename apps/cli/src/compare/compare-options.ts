import type { SearchCommandOptions } from "../plan/search-options.js";

/** The options of `loopnest compare` as the command line gives them. */
export interface CompareOptions
  extends Pick<
    SearchCommandOptions,
    | "target"
    | "objective"
    | "maxArea"
    | "maxLatency"
    | "energyTable"
    | "counts"
    | "dim"
    | "fix"
    | "pe"
    | "workers"
    | "force"
  > {
  /** All if there are none. */
  readonly methods: readonly string[];
  readonly seeds: number;
  readonly samples: number;
  /** Names or files of targets, to be mapped on in their default sizes. */
  readonly fixed: readonly string[];
  readonly optimum: boolean;
  /** Seconds. */
  readonly exactLimit: number;
  /** URL of a queue whose workers do the runs instead. */
  readonly queue?: string;
  /** Folder; named after what is compared unless given. */
  readonly output?: string;
  readonly json?: boolean;
  readonly jsonl?: boolean;
}
