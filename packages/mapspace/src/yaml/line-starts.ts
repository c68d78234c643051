import type { SourcePosition } from "../errors/loopnest-error.js";
import { firstIndex } from "../numbers/first-index.js";

/** Where the lines of a text begin: turns offsets into lines and columns. */
export class LineStarts {
  readonly #file: string | undefined;
  readonly #starts: number[] = [0];

  constructor(text: string, file?: string) {
    this.#file = file;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** Line and column of an offset, both from 1. */
  positionAt(offset: number): SourcePosition {
    const line = Math.max(0, firstIndex(this.#starts.length, (i) => this.#starts[i]! > offset) - 1);
    const column = offset - this.#starts[line]! + 1;
    return { ...(this.#file === undefined ? {} : { file: this.#file }), line: line + 1, column };
  }
}
