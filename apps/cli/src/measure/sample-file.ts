import { appendFile, readFile, stat, truncate } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { LoopnestError } from "@loopnest/mapspace";
import * as z from "zod";
import { type Lock, takeLock } from "../files/lock.js";
import { unreadable } from "../files/read-text.js";
import { type MeasureCase, measureCaseSchema } from "./read-cases.js";

/** A measured case. */
export interface MeasuredCase extends MeasureCase {
  readonly cycles: number;
  readonly energyPj?: number;
}

/** The line that is written for a measured case. */
export interface SampleRecord extends MeasuredCase {
  /** Every output was compared with the plain convolution. */
  readonly checked?: true;
}

/** The file that samples are added to, line by line, and what it holds already. */
export interface SampleFile {
  /** Whether a case has been measured. @throws LoopnestError `input` if the file has another case under its id. */
  has(one: MeasureCase): boolean;
  /** What is measured under an id. */
  get(id: string): MeasuredCase | undefined;
  /** Samples that it has. */
  readonly count: number;
  add(record: SampleRecord): Promise<void>;
  /** Lets other processes write to the file again. */
  close(): Promise<void>;
}

/** A line of the file; others may have added fields of their own. */
const sampleSchema = z.intersection(
  measureCaseSchema,
  z.looseObject({ cycles: z.number().min(0), energyPj: z.number().optional() }),
);

/** How every line begins that we write. */
const BEGINNING = '{"id":';

interface FoundSample {
  readonly one: MeasuredCase;
  readonly line: number;
}

/**
 * Opens a file of samples for this process alone. A line that was being written when a run was killed is taken away.
 *
 * @throws LoopnestError `input` if the file cannot be read, has lines that are no samples, or is being written to.
 */
export async function openSampleFile(file: string): Promise<SampleFile> {
  const there = await stat(file).catch(() => null);
  if (there !== null && !there.isFile()) throw noPlainFile(file);
  const lock = await takeLock(`${file}.lock`, file);
  try {
    return await openLocked(file, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(file: string, lock: Lock): Promise<SampleFile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw unreadable(file, error);
  });
  const end = text.lastIndexOf("\n") + 1;
  const found = new Map<string, FoundSample>();
  const lines = text.slice(0, end).split("\n");
  lines.forEach((content, i) => {
    if (content.trim() === "") return;
    const one = readSample(content);
    if (one === undefined) throw notASample(file, i + 1);
    found.set(one.id, { one, line: i + 1 });
  });
  await mendEnd(file, text, end, found, lines.length);
  let lineCount = lines.length;
  return {
    has(one) {
      const earlier = found.get(one.id);
      if (earlier === undefined) return false;
      const { cycles: _, energyPj: __, ...measured } = earlier.one;
      if (isDeepStrictEqual(measured, one)) return true;
      throw new LoopnestError({
        code: "input",
        path: "id",
        problem: `${file}:${earlier.line} has a sample of another case ${one.id}`,
        fix: "give the case another id, or write to another file",
      });
    },
    get: (id) => found.get(id)?.one,
    get count() {
      return found.size;
    },
    async add(record) {
      await appendFile(file, `${JSON.stringify(record)}\n`);
      const { checked: _, ...one } = record;
      found.set(one.id, { one, line: ++lineCount });
    },
    close: () => lock.release(),
  };
}

/**
 * A last line without its end: a sample that lacks the line break only, or the beginning of one; anything else is not
 * ours to cut.
 */
async function mendEnd(file: string, text: string, end: number, found: Map<string, FoundSample>, line: number) {
  const rest = text.slice(end);
  if (rest === "") return;
  const one = readSample(rest);
  if (one !== undefined) {
    found.set(one.id, { one, line });
    return appendFile(file, "\n");
  }
  const isCutShort = rest.startsWith(BEGINNING) ? !isJson(rest) : BEGINNING.startsWith(rest);
  if (!isCutShort) throw notASample(file, line);
  await truncate(file, Buffer.byteLength(text.slice(0, end)));
}

/** A sample without what others added to it. */
function readSample(line: string): MeasuredCase | undefined {
  try {
    const { id, problem, mapping, hardware, cycles, energyPj } = sampleSchema.parse(JSON.parse(line));
    return { id, problem, mapping, hardware, cycles, ...(energyPj !== undefined && { energyPj }) };
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function notASample(file: string, line: number): LoopnestError {
  return new LoopnestError({
    code: "input",
    position: { file, line, column: 1 },
    problem: "this is not a sample",
    fix: "write to another file",
  });
}

function noPlainFile(file: string): LoopnestError {
  return new LoopnestError({
    ...{ code: "input", path: file, problem: "this is no plain file" },
    fix: "give the name of a file: what it holds is read when measuring goes on",
  });
}
