import type { Hardware } from "@loopnest/mapspace";
import type { RunObjective } from "../run/run-objective.js";
import type { RunResult } from "../run/run-result.js";

/** What a search of a front has found. */
export interface FrontDesign {
  readonly hardware: Hardware;
  /** Of the objective. */
  readonly value: number;
  readonly areaMm2: number;
  /** `energyUj` x `latencyCycles`. */
  readonly edp: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
}

/** A search of a front: the best design within some area. */
export interface FrontSearch {
  readonly name: string;
  /** Area that the search might take; `null`: no limit. */
  readonly limitMm2: number | null;
  /** `null`: nothing was found within the limit. */
  readonly design: FrontDesign | null;
  /** No design within the limit can be better, if the method proves it. */
  readonly lowerBound?: number;
  /** Evaluations of the whole network; 0 where nothing was found. */
  readonly samples: number;
  readonly seconds: number;
  /** The search whose design is the best known within this limit. */
  readonly best: string | null;
}

/** The objective over area: what `pareto.json` holds. */
export interface FrontResult
  extends Pick<
    RunResult,
    "versions" | "inputs" | "counts" | "method" | "seed" | "options" | "fixed" | "mayPad" | "unit"
  > {
  readonly status: "finished" | "unfinished";
  readonly objective: RunObjective;
  /** Searches at most. */
  readonly points: number;
  /** Where the front was to end. */
  readonly minAreaMm2?: number;
  /** The smallest hardware that runs the network at all. */
  readonly smallest: { readonly hardware: Hardware; readonly areaMm2: number };
  /** In their order; each with a run folder of its name if it found a design. */
  readonly searches: readonly FrontSearch[];
  /** Names of the searches whose designs no other design beats, smallest area first. */
  readonly front: readonly string[];
}

/** A search that has found a design. */
export type FoundSearch = FrontSearch & { readonly design: FrontDesign };

/** The searches that have found a design. */
export function foundSearches(searches: readonly FrontSearch[]): FoundSearch[] {
  return searches.filter((one): one is FoundSearch => one.design !== null);
}
