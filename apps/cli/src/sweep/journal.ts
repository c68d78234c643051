import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, open, truncate } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { appendWhole } from "../files/growing-file.js";
import { pathWithin } from "../files/own-folder.js";
import { SWEEP_FILES } from "./sweep-files.js";

/** A line of a journal: the answer of a search, or why it failed. */
export type JournalLine = { readonly key: string; readonly by: string } & (
  | { readonly sha256: string; readonly seconds: number; readonly answer: unknown }
  | { readonly error: string }
);

/** A file that only grows, of whole lines. */
export interface Journal {
  /** Adds a line, and waits while the disk is full. What is added at once is written at once. */
  append(line: string): Appended;
  /** Makes sure that what was added outlives a failure of power. */
  sync(): Promise<void>;
  /** The line that begins somewhere. */
  lineAt(place: number): Promise<JournalLine>;
  close(): Promise<void>;
}

/** A line that is being added. */
interface Appended {
  /** Where it begins. */
  readonly place: number;
  readonly written: Promise<void>;
}

/** Bytes that are read at a time, and pieces that are remembered: lines are asked for nearly in their order. */
const PIECE = 1 << 16;
const MOST_PIECES = 64;

/**
 * Opens the journal of a sweep, and reads it through. A last line that was cut short is taken away.
 *
 * @param onLine Is told of every line, and where it begins.
 * @param onFull Is told when the disk is full.
 * @throws LoopnestError `input` for a line that is none.
 */
export async function openJournal(
  dir: string,
  onLine: (line: JournalLine, place: number) => void,
  onFull: () => void = () => {},
): Promise<Journal> {
  const file = await pathWithin(dir, SWEEP_FILES.journal);
  const handle = await open(file, "a+");
  let length = await readLines(file, onLine);
  if (length < (await handle.stat()).size) await truncate(file, length);
  let waiting: Buffer[] = [];
  let writing: Promise<void> | undefined;
  /** Writes what waits; what comes meanwhile waits for the next time. */
  const writeWaiting = async () => {
    // Whatever else is added in this turn goes along.
    await Promise.resolve();
    const bytes = Buffer.concat(waiting);
    const place = length - bytes.length;
    waiting = [];
    writing = undefined;
    await appendWhole(handle, bytes, place, onFull);
  };
  const pieceAt = rememberedPieces(handle);
  let tail: Promise<void> = Promise.resolve();
  return {
    append(line) {
      const bytes = Buffer.from(`${line}\n`);
      const place = length;
      length += bytes.length;
      waiting.push(bytes);
      if (writing === undefined) {
        writing = tail.then(writeWaiting);
        tail = writing;
        tail.catch(() => {});
      }
      return { place, written: writing };
    },
    async sync() {
      await tail;
      await handle.datasync();
    },
    async lineAt(place) {
      await tail;
      return readLine(pieceAt, place);
    },
    async close() {
      await tail.catch(() => {});
      await handle.close();
    },
  };
}

/**
 * Reads the journal of a sweep through, without touching it.
 *
 * @throws LoopnestError `input` as `openJournal`.
 */
export async function readJournal(dir: string, onLine: (line: JournalLine, place: number) => void): Promise<void> {
  await readLines(await pathWithin(dir, SWEEP_FILES.journal), onLine);
}

/** @returns Bytes of whole lines. */
async function readLines(file: string, onLine: (line: JournalLine, place: number) => void): Promise<number> {
  let rest = Buffer.alloc(0);
  let place = 0;
  let number = 0;
  if (!existsSync(file)) return 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = rest.indexOf(10, from); end >= 0; end = rest.indexOf(10, from)) {
      onLine(parsed(rest.toString("utf8", from, end), file, ++number), place + from);
      from = end + 1;
    }
    place += from;
    rest = rest.subarray(from);
  }
  return place;
}

/** Reads pieces of a file that only grows; those that were read last are remembered, if they were whole. */
function rememberedPieces(handle: FileHandle): (number: number) => Promise<Buffer> {
  const known = new Map<number, Buffer>();
  return async (number) => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, number * PIECE);
    if (bytesRead < PIECE) return buffer.subarray(0, bytesRead);
    known.set(number, buffer);
    if (known.size > MOST_PIECES) known.delete(known.keys().next().value!);
    return buffer;
  };
}

async function readLine(pieceAt: (number: number) => Promise<Buffer>, place: number): Promise<JournalLine> {
  const pieces: Buffer[] = [];
  for (let number = Math.floor(place / PIECE), from = place % PIECE; ; number++, from = 0) {
    const piece = await pieceAt(number);
    const end = piece.indexOf(10, from);
    pieces.push(piece.subarray(from, end < 0 ? piece.length : end));
    if (end >= 0 || piece.length < PIECE) return JSON.parse(Buffer.concat(pieces).toString("utf8")) as JournalLine;
  }
}

function parsed(text: string, file: string, line: number): JournalLine {
  try {
    const data = JSON.parse(text) as JournalLine;
    if (typeof data.key === "string" && ("error" in data || "answer" in data)) return data;
  } catch {}
  throw new LoopnestError({
    code: "input",
    problem: "this is no line of a sweep's journal",
    fix: "take the line away: its search is run again",
    position: { file, line, column: 1 },
  });
}
