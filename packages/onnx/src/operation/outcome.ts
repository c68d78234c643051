import type { Layer } from "@loopnest/mapspace";
import type { Size, Value } from "../values/value.js";

/**
 * What an operator amounts to.
 *
 * - `layers`: multiply-accumulates, as loop nests.
 * - `element-wise`: every output element needs the input elements at its place only, so it can be done on the way.
 * - `movement`: words are read and written.
 * - `view`: the same words under another shape; nothing is moved.
 * - `inner`: a graph of its own, whose operators are counted one by one.
 * - `unknown`: loopnest does not know the operator.
 * - `unsized`: it does, but not the sizes that the operator is given.
 */
export type OutcomeKind = "layers" | "element-wise" | "movement" | "view" | "inner" | "unknown" | "unsized";

/** Words that an operator moves beside what its outcome says by itself. */
export interface Traffic {
  readonly kind: string;
  readonly wordsRead: Size;
  readonly wordsWritten: Size;
  readonly count: number;
}

/** What an operator gives and costs. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly outputs: readonly Value[];
  /** Of kind `layers`; a problem's name is the operation's, with an ending where there are several. */
  readonly layers?: readonly Layer[];
  /** Words read; of kind `movement`: all inputs unless given. */
  readonly wordsRead?: Size;
  readonly traffic?: readonly Traffic[];
  /** For people: how it was counted, or why it was not. */
  readonly reason?: string;
}
