import { once } from "node:events";

/** Writes lines to a stream in large pieces, soon; waits where the reader is slower. */
export interface LineWriter {
  /** Returns a promise when the reader should be waited for. */
  line(text: string): Promise<void> | undefined;
  /** Writes a text as it is, without a line break. */
  part(text: string): Promise<void> | undefined;
  /** Writes what is left. */
  end(): Promise<void>;
}

const PIECE = 1 << 16;

export function lineWriter(stream: NodeJS.WriteStream = process.stdout): LineWriter {
  let waiting: string[] = [];
  let length = 0;
  let scheduled: NodeJS.Immediate | null = null;
  const flush = async () => {
    if (scheduled !== null) clearImmediate(scheduled);
    scheduled = null;
    const piece = waiting.join("");
    waiting = [];
    length = 0;
    if (piece !== "" && !stream.write(piece)) await once(stream, "drain");
  };
  const writer: LineWriter = {
    line: (text) => writer.part(`${text}\n`),
    part(text) {
      waiting.push(text);
      length += text.length;
      if (length >= PIECE) return flush();
      // What one piece of input leads to is written together; a reader who waits for it gets it before the next piece.
      scheduled ??= setImmediate(flush);
      return undefined;
    },
    end: flush,
  };
  return writer;
}
