/** Where in a file a value stands; lines and columns count from 1. */
export interface SourcePosition {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The class of an error.
 *
 * The first five are the reasons for which a mapping is rejected by an architecture, in the order in which they are
 * checked. `input`: a value of the wrong form. `unsupported`: well-formed, but outside what the model covers.
 * `infeasible`: nothing in the mapspace fits.
 */
export type ErrorCode =
  | "no-fanout"
  | "factors"
  | "unkept"
  | "fanout"
  | "capacity"
  | "input"
  | "unsupported"
  | "infeasible";

/** The data of an error: what a program needs to act on it. The text is made from it, never the other way round. */
export interface ErrorData {
  readonly code: ErrorCode;
  /** One sentence: what is wrong. */
  readonly problem: string;
  /** One sentence: what would be right. */
  readonly fix?: string;
  /** Path of the offending field, from the root of the input, for example `mapping[1].temporal[0]`. */
  readonly path?: string;
  readonly position?: SourcePosition;
  readonly level?: string;
  readonly tensor?: string;
  readonly dim?: string;
  /** How much the mapping needs (words, instances or a product of factors) ... */
  readonly needed?: number;
  /** ... and how much there is. */
  readonly available?: number;
  readonly expected?: unknown;
  readonly got?: unknown;
  /** Further faults of the same document. */
  readonly more?: readonly ErrorData[];
}

/** An error with its data. `message` is `[path: ]problem[; fix]`; a program reads `data`. */
export class LoopnestError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(`${data.path ? `${data.path}: ` : ""}${data.problem}${data.fix ? `; ${data.fix}` : ""}`);
    this.name = "LoopnestError";
    this.data = data;
  }

  get code(): ErrorCode {
    return this.data.code;
  }

  /** The data and the message: what `JSON.stringify` writes. */
  toJSON(): ErrorData & { message: string } {
    return { ...this.data, message: this.message };
  }
}
