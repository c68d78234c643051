import { access, readdir } from "node:fs/promises";
import {
  type Case,
  caseSchema,
  energyTableSchema,
  SourceText,
  targetSchema,
  validate,
  workloadSchema,
} from "@loopnest/mapspace/schema";
import * as z from "zod";
import { pathWithin } from "../files/own-folder.js";
import { readText, unreadable } from "../files/read-text.js";
import { learnedInputSchema } from "../plan/learned-input-schema.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { checkShape } from "./check-shape.js";
import { checkChecksums } from "./checksums.js";
import { readResult } from "./read-result.js";
import { RUN_FILES } from "./run-files.js";
import { inputHashes } from "./run-identity.js";
import type { RunResult } from "./run-result.js";
import { countsSchema } from "./run-result.js";

/** A run folder's content. */
export interface StoredRun {
  readonly result: RunResult;
  readonly inputs: SearchInputs;
  /** Hashes of the inputs as they stand in the folder. */
  readonly hashes: RunResult["inputs"];
  /** One per layer of the result. */
  readonly cases: readonly Case[];
  readonly convergenceCsv: string;
  /** `null` in the folder of an earlier loopnest, which wrote none. */
  readonly layersCsv: string | null;
}

/** What a search is about, as a run folder keeps it. */
export const inputsSchema: z.ZodType<SearchInputs> = z.strictObject({
  workload: workloadSchema,
  target: targetSchema,
  energyTable: z.union([z.string(), energyTableSchema]),
  counts: countsSchema,
  learned: learnedInputSchema.exactOptional(),
});

/**
 * Reads a run folder, all of it, if every file is as it was written.
 *
 * @throws LoopnestError `input` for a file that is missing or damaged, with its place.
 */
export async function readWholeRun(dir: string): Promise<StoredRun> {
  const run = await readRun(dir);
  const { result, inputs, convergence, report } = RUN_FILES;
  const layers = run.layersCsv === null ? [] : [RUN_FILES.layers];
  await checkChecksums(dir, [
    result,
    inputs,
    convergence,
    ...layers,
    report,
    ...run.result.layers.map(({ file }) => file),
  ]);
  return run;
}

/**
 * Reads a run folder as it stands, whether or not somebody has changed its files since.
 *
 * @throws LoopnestError `input` for a file that is missing or has another form, with its place.
 */
export async function readRun(dir: string): Promise<StoredRun> {
  const result = await readResult(dir);
  const inputs = await readSource(dir, RUN_FILES.inputs);
  const checked = validate(inputs, inputsSchema);
  checkShape(result, checked, await pathWithin(dir, RUN_FILES.result));
  const cases: Case[] = [];
  for (const { file } of result.layers) {
    cases.push(validate(await readSource(dir, file), caseSchema));
  }
  const convergenceCsv = await readText(await pathWithin(dir, RUN_FILES.convergence));
  const hasLayers = (await readdir(dir)).includes(RUN_FILES.layers);
  const layersCsv = hasLayers ? await readText(await pathWithin(dir, RUN_FILES.layers)) : null;
  const report = await pathWithin(dir, RUN_FILES.report);
  await access(report).catch((error: unknown) => {
    throw unreadable(report, error);
  });
  // The hashes are those of the data as it was written, before the schemas fill in or reorder anything.
  return {
    result,
    inputs: checked,
    hashes: inputHashes(inputs.data as SearchInputs),
    cases,
    convergenceCsv,
    layersCsv,
  };
}

async function readSource(dir: string, name: string): Promise<SourceText> {
  const file = await pathWithin(dir, name);
  return new SourceText(await readText(file), { file });
}
