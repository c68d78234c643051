import { createReadStream } from "node:fs";
import { LoopnestError } from "@loopnest/mapspace";

/** The name that stands for standard input. */
export const STANDARD_INPUT = "-";

/** Some editors put it in front of a text. */
export const BYTE_ORDER_MARK = "\ufeff";

/** How a file is called in messages. */
export function displayName(file: string): string {
  return file === STANDARD_INPUT ? "standard input" : file;
}

/** Longest text that is read as a whole: a device, or a file that is no document, does not fill the memory. */
const MOST_CHARACTERS = 1 << 28;

/**
 * Reads a whole text file, or standard input for `-`.
 *
 * @param most Characters that it may have: 268 million unless given.
 * @throws LoopnestError `input` if it cannot be read, or has more.
 */
export async function readText(file: string, most = MOST_CHARACTERS): Promise<string> {
  try {
    const source = file === STANDARD_INPUT ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
    const chunks: string[] = [];
    let length = 0;
    for await (const chunk of source.setEncoding("utf8") as AsyncIterable<string>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > most) throw tooLarge(file, most);
    }
    return withoutMark(chunks.join(""));
  } catch (error) {
    throw error instanceof LoopnestError ? error : unreadable(file, error);
  }
}

function tooLarge(file: string, most: number): LoopnestError {
  const problem = `it has more than ${most.toLocaleString("en")} characters: this is no document of loopnest's`;
  return new LoopnestError({ code: "input", path: displayName(file), problem, fix: "give another file", got: file });
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** The error for a file or folder that cannot be read. */
export function unreadable(file: string, error: unknown): LoopnestError {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""] ?? [
    `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    undefined,
  ];
  const [problem, fix] = reason;
  return new LoopnestError({ code: "input", path: displayName(file), problem, ...(fix && { fix }), got: file });
}

const REASONS: Readonly<Record<string, readonly [problem: string, fix: string | undefined]>> = {
  ENOENT: ["no such file or folder", "check the name and the folder you are in"],
  ENOTDIR: ["a part of the name is a file, not a folder", "check the name"],
  EISDIR: ["this is a folder", "give a file"],
  EACCES: ["you may not read it", "ask its owner for the right to"],
  EPERM: ["you may not read it", "ask its owner for the right to"],
  Z_DATA_ERROR: ["this is not a gzip file", "take away the ending .gz if it is not compressed"],
  Z_BUF_ERROR: ["the gzip file ends too early", "make or fetch it again"],
};
