import { readdir } from "node:fs/promises";
import type { Hardware, Mapping, Problem } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import type { Answer } from "../external/answer.js";
import { fingerprint } from "../files/fingerprint.js";
import { pathWithin, writeWithin } from "../files/own-folder.js";
import { readText } from "../files/read-text.js";
import type { MeasureCase } from "../measure/read-cases.js";
import { type MeasuredCase, openSampleFile } from "../measure/sample-file.js";
import { jsonText } from "../terminal/print-data.js";
import { TUNE_FILES } from "./tune-folder.js";

/** All that was measured, or could not be, each case under its hash. */
export interface Measurements {
  measured(id: string): MeasuredCase | undefined;
  /** Why a case could not be measured. */
  failure(id: string): string | undefined;
  readonly count: { readonly measured: number; readonly failed: number };
  keep(one: MeasureCase, answer: Answer): Promise<void>;
  keepFailure(one: MeasureCase, reason: string): Promise<void>;
  /** Forgets why cases failed: they may be measured again. */
  forgetFailures(ids?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A case under its hash: SHA-256 of loops, tensors, mapping and machine; names do not count. */
export function hashedCase(problem: Problem, mapping: Mapping, hardware: Hardware): MeasureCase {
  const id = fingerprint([problem.dims, problem.tensors, mapping, hardware]).slice(0, 20);
  return { id, problem, mapping, hardware };
}

const failuresSchema = z.record(z.string(), z.string());

/** Opens what a folder of tuning has measured, for this process alone. */
export async function openMeasurements(dir: string): Promise<Measurements> {
  const samples = await openSampleFile(await pathWithin(dir, TUNE_FILES.samples));
  const failures = new Map(Object.entries(await readFailures(dir)));
  // One after the other: each writes all of them.
  let writing = Promise.resolve();
  const write = () => {
    writing = writing.then(() => writeWithin(dir, TUNE_FILES.failures, jsonText(Object.fromEntries(failures))));
    return writing;
  };
  return {
    measured: (id) => samples.get(id),
    failure: (id) => failures.get(id),
    get count() {
      return { measured: samples.count, failed: failures.size };
    },
    keep: ({ id, problem, mapping, hardware }, answer) => samples.add({ id, problem, mapping, hardware, ...answer }),
    keepFailure({ id }, reason) {
      failures.set(id, reason);
      return write();
    },
    async forgetFailures(ids = [...failures.keys()]) {
      for (const id of ids) failures.delete(id);
      if (ids.length > 0) await write();
    },
    close: () => samples.close(),
  };
}

async function readFailures(dir: string): Promise<Record<string, string>> {
  if (!(await readdir(dir)).includes(TUNE_FILES.failures)) return {};
  const file = await pathWithin(dir, TUNE_FILES.failures);
  return validate(new SourceText(await readText(file), { file, format: "json" }), failuresSchema);
}
