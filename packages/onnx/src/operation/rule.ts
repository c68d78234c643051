import type { Operation } from "./operation.js";
import type { Outcome } from "./outcome.js";

/** What an operator does with its inputs: the shapes it gives, and what it costs. */
export type Rule = (operation: Operation) => Outcome;
