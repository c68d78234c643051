import { readFile, writeFile } from "node:fs/promises";
import type { Hardware, Mapping, Problem } from "@loopnest/mapspace";

/** A mapping to measure. */
export interface Case {
  readonly id: string;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly hardware: Hardware;
}

/** What `loopnest measure` makes of it. */
export interface Measured extends Case {
  readonly cycles: number;
}

export async function readLines<T>(file: string): Promise<T[]> {
  const text = await readFile(file, "utf8");
  return text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line) as T]));
}

export function writeLines(file: string, records: readonly Case[]): Promise<void> {
  return writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}
