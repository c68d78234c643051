import type { Counts } from "@loopnest/mapspace";
import { importTimeloop as importFiles, type Note } from "@loopnest/timeloop";
import { energyTableInput, energyTableOf } from "../input/energy-table-input.js";
import { jsonLines, type OutputForm } from "../terminal/print-data.js";
import { inCommandLineTerms } from "./command-line-terms.js";
import { caseDocuments, targetDocuments } from "./imported-documents.js";
import { reprice } from "./reprice.js";
import { timeloopFiles } from "./timeloop-files.js";
import { writeDocuments } from "./write-documents.js";

/** The options of `loopnest import timeloop`. */
export interface ImportTimeloopOptions extends OutputForm {
  readonly ert?: string;
  readonly art?: string;
  /** Name or file. */
  readonly energyTable?: string;
  readonly maxEnergies?: boolean;
  readonly ignore: readonly string[];
  /** Whose counting the case asks for; the reader's default where none is given. */
  readonly counts?: Counts;
  readonly asTarget?: boolean;
  readonly output?: string;
}

/**
 * `loopnest import timeloop`: Timeloop's files as a case, as architecture and problem, or as a target. What is read
 * otherwise than it stands in them, or not at all, is told on standard error.
 *
 * @throws LoopnestError `input` or `unsupported` with file, line and column.
 */
export async function importTimeloop(given: readonly string[], options: ImportTimeloopOptions): Promise<void> {
  const { ert, art, energyTable, maxEnergies, ignore, counts, asTarget, output, json, jsonl } = options;
  const files = await timeloopFiles([...given, ...[ert, art].flatMap((file) => file ?? [])]);
  const table = energyTable === undefined ? null : energyTableOf(await energyTableInput(energyTable));
  // What the table will say anyway need not be in the files, nor make sense there.
  const costs = table === null ? {} : { energyTable: { "*": 0 }, areaTable: { "*": 0 } };
  const largest = maxEnergies || table !== null ? ({ unequalEnergies: "max" } as const) : {};
  const read = inCommandLineTerms(() => importFiles(files, { ...costs, ...largest, ignore }));
  const imported = table === null ? read : { ...read, architecture: reprice(read.architecture, table) };
  const notes = [...read.notes];
  const onNote = (note: Note) => notes.push(note);
  const documents = asTarget ? targetDocuments(imported, onNote) : caseDocuments(imported, counts);
  const records = Object.entries(documents).map(([document, content]) => ({ document, content }));
  if (jsonl) process.stdout.write(jsonLines(records));
  if (!jsonl || output !== undefined) await writeDocuments(documents, output, json ? "json" : undefined);
  process.stderr.write(notes.map(noteText).join(""));
  if (counts !== undefined && imported.mapping === null) {
    process.stderr.write("note: without a mapping there is no case that --counts could be written in\n");
  }
}

/** What was read otherwise than it stands in a file, in one line. */
function noteText({ position: { file, line, column }, problem }: Note): string {
  return `${file === undefined ? "" : `${file}:${line}:${column}: `}note: ${problem}\n`;
}
