import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Architecture } from "@loopnest/mapspace";
import { writeDocument } from "@loopnest/mapspace/schema";
import { writeAtomically } from "../files/write-atomically.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { checksumsText } from "./checksums.js";
import { RUN_FILES } from "./run-files.js";
import { sameIdentity } from "./run-identity.js";
import type { RunResult } from "./run-result.js";

/** A run to be written. */
export interface RunToWrite {
  readonly result: RunResult;
  readonly inputs: SearchInputs;
  readonly architecture: Architecture;
  /** The page for people. */
  readonly report: string;
  /** The run that is replaced; one of other inputs or options is taken away first. */
  readonly earlier: RunResult | null;
}

/** Writes all files of a run, `result.json` last; each file is whole or not there at all. */
export async function writeRun(dir: string, run: RunToWrite): Promise<void> {
  const { result, inputs, architecture, report, earlier } = run;
  const { layers, convergence } = result;
  const files = new Map<string, string>();
  layers.forEach(({ file, name, mapping }, i) => {
    const layerCase = { id: name, problem: inputs.workload.layers[i]!.problem, architecture, mapping };
    files.set(file, writeDocument(layerCase, "yaml"));
  });
  files.set(RUN_FILES.inputs, writeDocument(inputs, "json"));
  files.set(RUN_FILES.convergence, convergenceCsv(convergence));
  files.set(RUN_FILES.report, report);
  if (earlier !== null && !sameIdentity(earlier, result)) {
    // Until the new result is there, the folder holds no finished run: old figures never stand beside other files.
    await rm(join(dir, RUN_FILES.result), { force: true });
    for (const { file } of earlier.layers) await rm(join(dir, file), { force: true });
  }
  for (const folder of new Set([...files.keys()].map((file) => dirname(join(dir, file))))) {
    await mkdir(folder, { recursive: true });
  }
  const text = resultText(result);
  files.set(RUN_FILES.checksums, checksumsText(new Map([...files, [RUN_FILES.result, text]])));
  for (const [file, text] of files) await writeAtomically(join(dir, file), text);
  await writeAtomically(join(dir, RUN_FILES.result), text);
}

/** What `result.json` and `--json` say. */
export function resultText(result: RunResult): string {
  return writeDocument(result, "json");
}

/** Improvements, oldest first: a header, then samples spent, seconds and the best value of the objective. */
export function convergenceCsv(convergence: RunResult["convergence"]): string {
  const rows = convergence.map(({ samples, seconds, value }) => `${samples},${seconds},${value}\n`);
  return `samples,seconds,value\n${rows.join("")}`;
}
