import type { Hardware, Mapping, PaddedDims, PerformanceModel, Workload } from "@loopnest/mapspace";
import type { Objective, ObjectiveName, Totals } from "./objective.js";

/** What to search for: the best hardware and mappings of a network under a performance model. */
export interface SearchTask {
  readonly model: PerformanceModel;
  /** Its problems say which bounds may be padded (`padWorkload`). */
  readonly workload: Workload;
  readonly objective: Objective;
  /** Sizes that may not change, by name; all others are free. */
  readonly fixed: Hardware;
}

/** One layer of a design, evaluated exactly. */
export interface LayerResult {
  readonly name: string;
  readonly count: number;
  readonly mapping: Mapping;
  /** Dimensions that the mapping runs beyond their bounds; left out if there is none. */
  readonly padded?: PaddedDims;
  /** Of one execution of the layer. */
  readonly energyPj: number;
  readonly latencyCycles: number;
}

/** Hardware and a mapping for every layer, evaluated by the exact model at integer factors, and fitting. */
export interface Design extends Totals {
  readonly hardware: Hardware;
  readonly layers: readonly LayerResult[];
  /** Value of the task's objective. */
  readonly value: number;
}

/** The best value known after so many samples. One sample is one evaluation of the whole network. */
export interface ConvergencePoint {
  readonly samples: number;
  readonly seconds: number;
  readonly value: number;
}

/** What a search for the smallest design within a share of the best has found; the result's `best` is that design. */
export interface WithinResult {
  /** How far above the best value the design may stay, as a fraction of it. */
  readonly share: number;
  /** The best value found, and the area of the design that has it. */
  readonly value: number;
  readonly areaMm2: number;
  /** What no design within the share is below, in the order in which they were made small, if the method proves it. */
  readonly bounds: readonly { readonly of: ObjectiveName; readonly value: number; readonly lowerBound?: number }[];
}

/** The outcome of a search. */
export interface SearchResult {
  readonly method: string;
  readonly seed: number;
  /** `null` if nothing that fits was found. */
  readonly best: Design | null;
  readonly samples: number;
  readonly seconds: number;
  /** Improvements, oldest first. */
  readonly convergence: readonly ConvergencePoint[];
  /**
   * A value that no design can beat, if the method proves one: then `gap` is `best.value / lowerBound - 1`, 0 if
   * rounding makes it less.
   */
  readonly lowerBound?: number;
  readonly gap?: number;
  /** Set if the design was made small within a share of the best value: `best` is that design then. */
  readonly within?: WithinResult;
  /** Whether the search was stopped before its end. */
  readonly stopped: boolean;
  /** Of a part: what the method's `finish` takes over from it, plain data that may go from one thread to another. */
  readonly handedOver?: unknown;
}

/** News from a running search. */
export interface Progress {
  readonly samples: number;
  /** Samples the search may spend; `null` if it is not bounded by samples. */
  readonly budget: number | null;
  readonly best: Design | null;
  readonly lowerBound?: number;
}

/** How the caller watches and stops a search. */
export interface SearchHooks {
  readonly signal?: AbortSignal;
  /** Called now and then while the search runs, and at its end. */
  readonly onProgress?: (progress: Progress) => void;
  /** Asked at every turn of the event loop, some twenty a second: a search pauses until what it returns settles. */
  readonly hold?: () => Promise<void> | undefined;
}
