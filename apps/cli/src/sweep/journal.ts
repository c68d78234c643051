import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, open, truncate } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { LoopnestError } from "@loopnest/mapspace";
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

/** Milliseconds between attempts to write on a full disk. */
const FULL_DISK_MS = 1000;
const FULL = ["ENOSPC", "EDQUOT"];
const PIECE = 1 << 16;

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
    await writeWhole(handle, bytes, place, onFull);
  };
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
      return readLine(handle, place);
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

/** Writes all of a line, or none of it. */
async function writeWhole(handle: FileHandle, bytes: Buffer, place: number, onFull: () => void): Promise<void> {
  for (;;) {
    try {
      return await handle.appendFile(bytes);
    } catch (error) {
      await handle.truncate(place);
      if (!FULL.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      onFull();
      await pause(FULL_DISK_MS);
    }
  }
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

async function readLine(handle: FileHandle, place: number): Promise<JournalLine> {
  const pieces: Buffer[] = [];
  for (let at = place; ; at += PIECE) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, at);
    const end = buffer.subarray(0, bytesRead).indexOf(10);
    pieces.push(buffer.subarray(0, end < 0 ? bytesRead : end));
    if (end >= 0 || bytesRead < PIECE) return JSON.parse(Buffer.concat(pieces).toString("utf8")) as JournalLine;
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
