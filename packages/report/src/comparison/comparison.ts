import type { Spread } from "../numbers/statistics.js";
import type { RunObjective } from "../run/run-objective.js";

/** What everything is measured against on one network. */
export interface Reference {
  /**
   * `certified`: the exact search has proved that nothing is better. `best known`: the best of all runs, free sizes
   * only.
   */
  readonly kind: "certified" | "best known";
  readonly value: number;
  /** No design can be better, if an exact search says so. */
  readonly lowerBound?: number;
  /** Of which the optimum, or the bound, is proven. */
  readonly space?: string;
  readonly hardware: Readonly<Record<string, number>>;
  /** Of the exact search, if there was one. */
  readonly seconds?: number;
}

/** Runs of one method with all seeds on one network. */
export interface Row {
  readonly method: string;
  /** The machine as it was built; absent where the sizes were searched. */
  readonly machine?: string;
  /** Of one machine: whether its mappings are proved to be the best there are. */
  readonly proved?: boolean;
  readonly runs: number;
  /** Runs that found nothing that fits. */
  readonly failed: number;
  /** Of the objective; `null` if a run found nothing. */
  readonly value: Spread | null;
  /** Median over the reference. */
  readonly toReference: number | null;
  /** Median over that of the descent, if there is one. */
  readonly toDescent: number | null;
  /** Medians. */
  readonly samples: number;
  readonly seconds: number;
}

/** All rows of one network. */
export interface NetworkComparison {
  readonly workload: string;
  /** `null` if nothing was found at all. */
  readonly reference: Reference | null;
  readonly methods: readonly Row[];
  readonly machines: readonly Row[];
}

/** A method over all networks; `null` where it has no value on one of them. */
export interface OverallRow {
  readonly method: string;
  readonly machine?: string;
  readonly toReference: number | null;
  readonly toDescent: number | null;
}

/** The outcome of a comparison. */
export interface Comparison {
  readonly target: string;
  readonly energyTable: string;
  readonly objective: RunObjective;
  readonly unit: string;
  readonly samples: number;
  readonly seeds: number;
  readonly networks: readonly NetworkComparison[];
  /** Geometric means of the networks' quotients. */
  readonly overall: readonly OverallRow[];
}

/** What charts show of a run of a comparison. */
export interface ComparedRun {
  /** What it is for: a row of the table, the certified optimum, or a hand-made machine. */
  readonly role: "method" | "optimum" | "fixed";
  readonly workload: string;
  readonly method: string;
  readonly samples: number;
  readonly seconds: number;
  /** Every improvement, by the samples and seconds after which it came. */
  readonly convergence: readonly { readonly samples: number; readonly seconds: number; readonly value: number }[];
}
