import type { Counts, Hardware, UnmodelledOperator } from "@loopnest/mapspace";
import type { DesignFigures } from "../figures/figures.js";
import type { Rates } from "../figures/rates.js";
import type { RunFusion } from "../figures/run-fusion.js";
import type { NextSteps, RunWithin } from "./next-steps.js";
import type { RunObjective } from "./run-objective.js";

/** Data that a run was made from: its name, and the SHA-256 of the data as used. */
export interface RunInput {
  readonly name: string;
  readonly sha256: string;
}

/** What a learned model says of a design that was searched with it. */
export interface LearnedFigures {
  readonly model: string;
  /** Deviations that the search counted every latency slower. */
  readonly uncertaintyPenalty: number;
  /** Energy in uJ (that below, where there is one) x the latency below. */
  readonly edp: number;
  /** Of a model with energies of its own. */
  readonly energyUj?: number;
  readonly latencyCycles: number;
  /**
   * Of one execution; `uncertainty` is the deviation of the log of the cycles, `trust` 1 within the range of the
   * training data.
   */
  readonly layers: readonly {
    readonly predictedCycles: number;
    readonly predictedEnergyPj?: number;
    readonly uncertainty: number;
    readonly trust: number;
  }[];
}

/**
 * A search that has ended: what was searched and how, what was found, and every figure of it. What `result.json` holds.
 */
export interface RunResult extends DesignFigures {
  readonly status: "finished" | "interrupted";
  readonly versions: { readonly loopnest: string; readonly node: string };
  readonly startedAt: string;
  readonly seconds: number;
  readonly inputs: {
    readonly workload: RunInput;
    readonly target: RunInput;
    readonly energyTable: RunInput;
    readonly learned?: RunInput;
  };
  /** Whose counting. */
  readonly counts: Counts;
  readonly method: string;
  readonly seed: number;
  /** Of the method. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly objective: RunObjective;
  /** Sizes that were given, not searched. */
  readonly fixed: Hardware;
  /** Given if loops were free to run at larger bounds than their layers'. */
  readonly mayPad?: true;
  /** Evaluations of the whole network. */
  readonly samples: number;
  /** Of the objective. */
  readonly value: number;
  /** Of the value. */
  readonly unit: string;
  /** No design can be better, if the method proves it. */
  readonly lowerBound?: number;
  /** Given if the smallest design within a share of the best was asked for. */
  readonly within?: RunWithin;
  /** What stays on chip between layers, of a run that was searched with fusion. */
  readonly fusion?: RunFusion;
  /** What to look at next. */
  readonly next?: NextSteps;
  readonly hardware: Hardware;
  /** Operators of the network that no figure holds, or only in part. */
  readonly unmodelled?: readonly UnmodelledOperator[];
  /** The figures at the clock of the target, if it has one. */
  readonly rates?: Rates;
  /** Given if the latency searched was that of a learned model. */
  readonly learned?: LearnedFigures;
  readonly convergence: readonly { readonly samples: number; readonly seconds: number; readonly value: number }[];
}
