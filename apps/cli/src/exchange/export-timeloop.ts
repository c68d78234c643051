import { basename, join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { caseSchema, SourceText, validate } from "@loopnest/mapspace/schema";
import { exportTimeloop as exportCase, type TimeloopExport } from "@loopnest/timeloop";
import { displayName, readText } from "../files/read-text.js";
import { writeFiles } from "../files/write-files.js";
import { locateError } from "../input/locate-error.js";
import { readWholeRun } from "../run-folder/read-run.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";

/** The options of `loopnest export timeloop`. */
export interface ExportTimeloopOptions extends OutputForm {
  readonly run?: string;
  readonly case?: string;
  readonly output: string;
}

type TimeloopFile = keyof TimeloopExport;

/** The order in which timeloop-model is given its files. */
const FILES: readonly TimeloopFile[] = ["arch.yaml", "problem.yaml", "map.yaml", "ERT.yaml", "ART.yaml"];
/** Files of the machine, which are the same for layers with the same tensors. */
const MACHINE: readonly TimeloopFile[] = ["arch.yaml", "ERT.yaml", "ART.yaml"];

/**
 * `loopnest export timeloop`: a case's files in a folder, or a folder for each layer of a run; what is the same for all layers is
 * written once, beside them. Prints the commands that evaluate them.
 *
 * @throws LoopnestError with the place in the case's file of what Timeloop cannot express.
 */
export async function exportTimeloop({ run, case: file, output, ...form }: ExportTimeloopOptions): Promise<void> {
  const layers = run === undefined ? [{ name: "", file: file! }] : await runCases(run);
  const exports = await Promise.all(layers.map(async ({ name, file }) => ({ name, files: await exportFile(file) })));
  const shared = MACHINE.filter((name) => exports.every(({ files }) => files[name] === exports[0]!.files[name]));
  const placed = exports.map(({ name, files }) =>
    FILES.map((part) => ({ path: join(output, shared.includes(part) ? "" : name, part), text: files[part] })),
  );
  await writeFiles(Object.fromEntries(placed.flat().map(({ path, text }) => [path, text])));
  const paths = placed.map((parts) => parts.map(({ path }) => path));
  const records = paths.map((files, i) => ({ ...(run === undefined ? {} : { layer: exports[i]!.name }), files }));
  printData(form, {
    document: () => records,
    lines: () => records,
    text: () => paths.map((files) => `timeloop-model ${files.map(shellWord).join(" ")}\n`).join(""),
  });
}

/** The cases of a run folder, each with the name of its file. */
async function runCases(dir: string): Promise<{ name: string; file: string }[]> {
  const { layers } = (await readWholeRun(dir)).result;
  return layers.map(({ file }) => ({ name: basename(file, ".yaml"), file: join(dir, file) }));
}

async function exportFile(file: string): Promise<TimeloopExport> {
  const source = new SourceText(await readText(file), { file: displayName(file) });
  const record = validate(source, caseSchema);
  try {
    return exportCase(record);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    throw locateError(error, () => source);
  }
}
