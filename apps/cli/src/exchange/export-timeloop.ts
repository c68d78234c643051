import { join } from "node:path";
import { type Counts, defaultCounts, LoopnestError } from "@loopnest/mapspace";
import { exportTimeloop as exportCase, type TimeloopExport } from "@loopnest/timeloop";
import { writeFiles } from "../files/write-files.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";
import { type CaseSource, caseFiles, convertCase } from "./mapped-cases.js";

/** The options of `loopnest export timeloop`. */
export interface ExportTimeloopOptions extends OutputForm, CaseSource {
  readonly output: string;
  /** The version of timeloop-model that will read the files; today's unless given. */
  readonly counts?: Counts;
}

type TimeloopFile = keyof TimeloopExport;

/** The order in which timeloop-model is given its files. */
const FILES: readonly TimeloopFile[] = ["arch.yaml", "problem.yaml", "map.yaml", "ERT.yaml", "ART.yaml"];
/** Files of the machine, which are the same for layers with the same tensors. */
const MACHINE: readonly TimeloopFile[] = ["arch.yaml", "ERT.yaml", "ART.yaml"];

/**
 * `loopnest export timeloop`: a case's files in a folder, or a folder for each layer of a run; what is the same for all
 * layers is written once, beside them. Prints the commands that evaluate them, and names the layers that Timeloop
 * cannot express.
 *
 * @throws LoopnestError with the place in the case's file of what Timeloop cannot express, if there is nothing else.
 */
export async function exportTimeloop(options: ExportTimeloopOptions): Promise<void> {
  const { run, case: file, output, counts: reader = defaultCounts, ...form } = options;
  const layers = await caseFiles({ ...(run !== undefined && { run }), ...(file !== undefined && { case: file }) });
  const all = await Promise.all(layers.map(async ({ name, file }) => ({ name, ...(await tryExport(file)) })));
  const exports = all.flatMap(({ name, files, counts, held }) =>
    files === undefined ? [] : [{ name, files, counts, held }],
  );
  const refused = all.flatMap(({ name, error }) => (error === undefined ? [] : [{ name, error }]));
  if (exports.length === 0 && refused[0] !== undefined) throw refused[0].error;
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
    text: () => paths.map((files) => `timeloop-model ${files.map((file) => shellWord(file)).join(" ")}\n`).join(""),
  });
  process.stderr.write(
    refused.map(({ name, error }) => `note: layer ${name} is not written: ${error.message}\n`).join(""),
  );
  const inTurn = exports.filter(({ held }) => held).map(({ name }) => name);
  if (inTurn.length > 0) process.stderr.write(heldNote(inTurn));
  const others = exports.flatMap(({ counts = defaultCounts }) => (counts === reader ? [] : [counts]));
  if (others[0] !== undefined) process.stderr.write(countsNote(others[0], reader));
}

/** Why timeloop-model will say other figures than the run. */
function countsNote(counts: Counts, reader: Counts): string {
  return (
    `note: what is exported was counted as ${counts}, timeloop-model will count as ${reader}; they differ in first ` +
    "fills of outputs and in halos that outlive other loops\n"
  );
}

interface ExportedCase {
  readonly files?: TimeloopExport;
  readonly counts?: Counts;
  /** Whether it shares loops with other layers. */
  readonly held?: boolean;
  readonly error?: LoopnestError;
}

/** What Timeloop cannot know of layers that run in turn with others. */
function heldNote(layers: readonly string[]): string {
  return (
    `note: ${layers.join(", ")} share loops with other layers: timeloop-model counts each by itself, and ` +
    "fetches nothing anew that a shared loop leaves in place\n"
  );
}

/** The files of a case and whose counting it asks for, or why there are none. */
async function tryExport(file: string): Promise<ExportedCase> {
  try {
    return await convertCase(file, (record) => ({
      files: exportCase(record),
      ...(record.counts !== undefined && { counts: record.counts }),
      held: record.held !== undefined,
    }));
  } catch (error) {
    if (error instanceof LoopnestError && error.code === "unsupported") return { error };
    throw error;
  }
}
