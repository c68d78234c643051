import { appendFile, readFile, truncate } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { LoopnestError } from "@loopnest/mapspace";
import { unreadable } from "../files/read-text.js";
import type { MeasureCase } from "./read-cases.js";

/** A measured case: the line that is written for it. */
export interface SampleRecord extends MeasureCase {
  readonly cycles: number;
  /** Every output was compared with the plain convolution. */
  readonly checked: true;
}

/** The file that samples are added to, line by line, and what it holds already. */
export interface SampleFile {
  /** Whether a case has been measured. @throws LoopnestError `input` if the file has another case under its id. */
  has(one: MeasureCase): boolean;
  add(record: SampleRecord): Promise<void>;
}

/**
 * Opens a file of samples. A line that was being written when a run was killed is taken away.
 *
 * @throws LoopnestError `input` if the file cannot be read, or has lines that are no samples.
 */
export async function openSampleFile(file: string): Promise<SampleFile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw unreadable(file, error);
  });
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const found = new Map<string, { readonly record: SampleRecord; readonly line: number }>();
  whole.split("\n").forEach((content, i) => {
    if (content.trim() === "") return;
    const record = readRecord(content);
    if (record === undefined) throw notASample(file, i + 1);
    found.set(String(record.id), { record, line: i + 1 });
  });
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  return {
    has(one) {
      const earlier = found.get(one.id);
      if (earlier === undefined) return false;
      const { record, line } = earlier;
      const { problem, mapping, hardware } = record;
      const { id: _, ...content } = one;
      if (isDeepStrictEqual({ problem, mapping, hardware }, content)) return true;
      throw new LoopnestError({
        code: "input",
        path: "id",
        problem: `${file}:${line} has a sample of another case ${one.id}`,
        fix: "give the case another id, or write to another file",
      });
    },
    add: (record) => appendFile(file, `${JSON.stringify(record)}\n`),
  };
}

function readRecord(line: string): SampleRecord | undefined {
  try {
    const record = JSON.parse(line) as SampleRecord;
    const known = record.id !== undefined && record.problem !== undefined && typeof record.cycles === "number";
    return known ? record : undefined;
  } catch {
    return undefined;
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
