import type { SourcePosition } from "../errors/loopnest-error.js";

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
    let line = 0;
    let after = this.#starts.length;
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if (this.#starts[middle]! <= offset) line = middle;
      else after = middle;
    }
    const column = offset - this.#starts[line]! + 1;
    return { ...(this.#file === undefined ? {} : { file: this.#file }), line: line + 1, column };
  }
}
