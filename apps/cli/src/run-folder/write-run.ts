import { type Architecture, paddedProblem } from "@loopnest/mapspace";
import { writeDocument } from "@loopnest/mapspace/schema";
import { layersCsv, ranWorkload } from "@loopnest/report";
import { removeFilesWithin, removeWithin, writeWithin } from "../files/own-folder.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { checksumsText } from "./checksums.js";
import { isLayerFile, LAYERS_FOLDER, RUN_FILES } from "./run-files.js";
import type { RunResult } from "./run-result.js";

/** A run to be written. */
export interface RunToWrite {
  readonly result: RunResult;
  readonly inputs: SearchInputs;
  readonly architecture: Architecture;
  /** The page for people. */
  readonly report: string;
}

/**
 * Writes all files of a run in the place of the one that is there, `result.json` last; each file is whole or not there
 * at all.
 */
export async function writeRun(dir: string, run: RunToWrite): Promise<void> {
  const { result, inputs, architecture, report } = run;
  const { layers, convergence } = result;
  const files = new Map<string, string>();
  const workload = ranWorkload(inputs.workload, result);
  layers.forEach(({ file, name, mapping, padded, held }, i) => {
    const problem = paddedProblem(workload.layers[i]!.problem, padded);
    const layerCase = { id: name, problem, architecture, mapping, counts: inputs.counts, ...(held && { held }) };
    files.set(file, writeDocument(layerCase, "yaml"));
  });
  files.set(RUN_FILES.inputs, writeDocument(inputs, "json"));
  files.set(RUN_FILES.convergence, convergenceCsv(convergence));
  files.set(RUN_FILES.layers, layersCsv(result));
  files.set(RUN_FILES.report, report);
  // Until the new result is there, the folder holds no finished run: old figures never stand beside other files.
  await removeWithin(dir, RUN_FILES.result);
  await removeFilesWithin(dir, LAYERS_FOLDER, isLayerFile);
  const text = resultText(result);
  files.set(RUN_FILES.checksums, checksumsText(new Map([...files, [RUN_FILES.result, text]])));
  for (const [file, text] of files) await writeWithin(dir, file, text);
  await writeWithin(dir, RUN_FILES.result, text);
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
