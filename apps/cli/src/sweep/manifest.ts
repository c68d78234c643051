import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { LoopnestError } from "@loopnest/mapspace";
import { growingKeyTable, type KeyTable, type Point, type SweepRow } from "@loopnest/sweep";
import { pathWithin } from "../files/own-folder.js";
import type { JobRecord } from "../jobs/job-record.js";
import { SWEEP_FILES } from "./sweep-files.js";

/** A point as the manifest has it: a line of JSON. */
export interface ManifestEntry {
  /** From 1. */
  readonly number: number;
  readonly key: string;
  readonly point: Point;
  readonly names: SweepRow["names"];
  readonly job: JobRecord;
}

/** Lines that are written at a time. */
const PIECE = 1 << 16;

/** Writes the manifest of a sweep, whole or not at all. @returns SHA-256 of the file, in hexadecimal. */
export async function writeManifest(dir: string, entries: AsyncIterable<ManifestEntry>): Promise<string> {
  const file = await pathWithin(dir, SWEEP_FILES.manifest);
  const temporary = `${file}.${process.pid}.tmp`;
  const hash = createHash("sha256");
  const handle = await open(temporary, "w");
  try {
    let piece = "";
    const flush = async () => {
      hash.update(piece);
      await handle.writeFile(piece);
      piece = "";
    };
    for await (const entry of entries) {
      piece += `${JSON.stringify(entry)}\n`;
      if (piece.length > PIECE) await flush();
    }
    await flush();
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  return hash.digest("hex");
}

/** SHA-256 of the file that a manifest would be. */
export async function manifestHash(entries: AsyncIterable<ManifestEntry>): Promise<string> {
  const hash = createHash("sha256");
  for await (const entry of entries) hash.update(`${JSON.stringify(entry)}\n`);
  return hash.digest("hex");
}

/** The entries of a sweep's manifest, one by one. @param isMeant Whether the one at a place, from 0, is among them. */
export async function* readManifest(dir: string, isMeant: (index: number) => boolean): AsyncGenerator<ManifestEntry> {
  let index = 0;
  for await (const line of manifestLines(dir)) if (isMeant(index++)) yield JSON.parse(line) as ManifestEntry;
}

/**
 * The keys of a sweep's manifest in their order.
 *
 * @throws LoopnestError `input` unless the file is the one that was written.
 */
export async function manifestKeys(dir: string, sha256: string): Promise<KeyTable> {
  const hash = createHash("sha256");
  const keys = growingKeyTable();
  let isWhole = true;
  for await (const line of manifestLines(dir)) {
    hash.update(line).update("\n");
    const key = /"key":"([0-9a-f]{64})"/.exec(line)?.[1];
    isWhole &&= key !== undefined && keys.add(key);
  }
  if (hash.digest("hex") === sha256 && isWhole) return keys;
  throw new LoopnestError({
    code: "input",
    path: await pathWithin(dir, SWEEP_FILES.manifest),
    problem: "its content is not what was written",
    fix: "begin the sweep anew in another folder",
  });
}

async function* manifestLines(dir: string): AsyncGenerator<string> {
  const input = createReadStream(await pathWithin(dir, SWEEP_FILES.manifest), { encoding: "utf8" });
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } finally {
    input.destroy();
  }
}
