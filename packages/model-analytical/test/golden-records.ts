import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";

/** What Timeloop counted of one kept tensor at one level, all instances in use together. */
export interface GoldenTensor {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  readonly temporalReductions: number;
  readonly utilizedCapacity: number;
  readonly utilizedInstances: number;
  readonly energyPj: number;
  readonly perInstance: { readonly reads: number; readonly updates: number; readonly fills: number };
}

/** What Timeloop computed for an accepted mapping. */
export interface GoldenResult {
  readonly levels: Readonly<
    Record<string, { readonly cycles: number; readonly tensors: Readonly<Record<string, GoldenTensor>> }>
  >;
  readonly macs: number;
  readonly computeCycles: number;
  readonly computeEnergyPj: number;
  readonly cycles: number;
  readonly energyPj: number;
  readonly utilization: number;
  readonly areaMm2: number;
}

interface Case {
  readonly id: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
}

/** A mapping that Timeloop evaluated, or one that it rejected: the class of reason and its text. */
export type GoldenRecord = Case &
  ({ readonly expected: GoldenResult; readonly error?: never } | { readonly error: string; readonly message: string });

/** The trimmed records that come with the tests; `scripts/trim-golden.mjs` makes them. */
export const trimmedRecords = new URL("golden/", import.meta.url);

/** The complete records, where they lie next to the checkout. */
export const completeRecords = new URL("../../../../shared/golden/", import.meta.url);

/** What is expected of the same records as Timeloop counts today. */
export interface CurrentRecord {
  readonly id: string;
  readonly expected?: Pick<GoldenResult, "cycles" | "energyPj" | "levels">;
  readonly error?: string;
}

/** The current results of a family, beside the records that they belong to. */
export function currentRecords(folder: URL, family: string): { record: GoldenRecord; current: CurrentRecord }[] {
  const byId = new Map(goldenRecords(folder, family).map((record) => [record.id, record]));
  return jsonLines<CurrentRecord>(new URL(`current/${family}.jsonl.gz`, folder)).map((current) => ({
    record: byId.get(current.id)!,
    current,
  }));
}

/** Families of records in a folder; none if there is no such folder. */
export function families(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl.gz"))
    .map((file) => file.replace(".jsonl.gz", ""))
    .sort();
}

export function goldenRecords(folder: URL, family: string): GoldenRecord[] {
  return jsonLines(new URL(`${family}.jsonl.gz`, folder));
}

function jsonLines<T>(file: URL): T[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}
