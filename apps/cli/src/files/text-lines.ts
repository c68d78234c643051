import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { type ErrorData, LoopnestError } from "@loopnest/mapspace";
import { BYTE_ORDER_MARK, displayName, STANDARD_INPUT, unreadable } from "./read-text.js";

/** Longest line that is read: no record is nearly so long, and a file without line breaks is not one of lines. */
const MOST_CHARACTERS = 1 << 26;

/**
 * The lines of a file as they arrive, without their line breaks; `-` is standard input, a name ending in `.gz` is
 * unpacked.
 *
 * Only "\n" and "\r\n" end a line: JSON texts may hold the other line separators of Unicode.
 *
 * @param most Characters that a line may have: 67 million unless given.
 * @throws LoopnestError `input` if the file cannot be read, or has a longer line.
 */
export async function* textLines(file: string, most = MOST_CHARACTERS): AsyncGenerator<string> {
  let rest: string[] = [];
  let length = 0;
  let first = true;
  try {
    for await (const chunk of textChunks(file)) {
      let from = first && chunk.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
      first = false;
      for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
        rest.push(chunk.slice(from, end));
        yield ended(rest);
        rest = [];
        length = 0;
        from = end + 1;
      }
      rest.push(chunk.slice(from));
      length += chunk.length - from;
      if (length > most) throw new LoopnestError(tooLong(file, most));
    }
  } catch (error) {
    throw error instanceof LoopnestError ? error : unreadable(file, error);
  }
  const last = ended(rest);
  if (last !== "") yield last;
}

function textChunks(file: string): AsyncIterable<string> {
  const source = file === STANDARD_INPUT ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  // The pipeline's own end comes to the reader of its last stream.
  const bytes = file.endsWith(".gz") ? pipeline(source, createGunzip({ chunkSize: 1 << 18 }), () => {}) : source;
  return bytes.setEncoding("utf8") as AsyncIterable<string>;
}

function ended(parts: readonly string[]): string {
  const line = parts.length === 1 ? parts[0]! : parts.join("");
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function tooLong(file: string, most: number): ErrorData {
  const problem = `a line is longer than ${most.toLocaleString("en")} characters`;
  return { code: "input", path: displayName(file), problem, fix: "give a file with a record on each line" };
}
