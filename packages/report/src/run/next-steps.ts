import type { Hardware } from "@loopnest/mapspace";
import type { RunObjective } from "./run-objective.js";

/** The smallest design within a share of the best value, in place of the best one. */
export interface RunWithin {
  /** 0.05 for 5 %. */
  readonly share: number;
  /** The best value, and the area of the design that has it. */
  readonly value: number;
  readonly areaMm2: number;
  /** What was made small, one after the other; what is proven of it, if anything is. */
  readonly bounds: readonly {
    readonly of: RunObjective["name"];
    readonly value: number;
    readonly lowerBound?: number;
  }[];
}

/** What an architect asks next: where sizes stand, and what less area costs. */
export interface NextSteps {
  /** Sizes that stand at an end of their range, or are smaller in the design within the least share. */
  readonly sizes: readonly {
    readonly name: string;
    readonly value: number;
    readonly bound?: "largest" | "smallest";
    readonly smaller?: number;
  }[];
  /** The smallest design found within each share of the value: found by a short search, not proven. */
  readonly smaller: readonly {
    readonly within: number;
    readonly value: number;
    readonly areaMm2: number;
    readonly hardware: Hardware;
  }[];
}
