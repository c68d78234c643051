import type { Operation } from "../operation/operation.js";
import type { Outcome } from "../operation/outcome.js";

/** A node with what its inputs make of it. */
export interface Step {
  readonly operation: Operation;
  readonly outcome: Outcome;
  /** How often it runs: more than once in a loop. */
  readonly count: number;
}
