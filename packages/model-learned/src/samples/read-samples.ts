import { LoopnestError } from "@loopnest/mapspace";
import { recordOfRow } from "./csv-record.js";
import { csvTable } from "./csv-table.js";
import type { Sample } from "./sample.js";
import { atLine, type CaseRecord, readRecord } from "./sample-record.js";

/** The form of a file of samples: a JSON record a line, or a table. */
export type SampleFormat = "jsonl" | "csv";

/**
 * Reads the measurements of a file.
 *
 * @param file Its name, for errors; a name that ends in `.csv` is a table unless `format` says otherwise.
 * @throws LoopnestError `input` with line and field of the first fault; `data.more` lists the others. A record without
 * cycles is a fault, and so is a file without records.
 */
export function readSamples(text: string, file?: string, format?: SampleFormat): Sample[] {
  const faults: LoopnestError[] = [];
  const samples: Sample[] = [];
  readRecords(text, file, format, faults).forEach(({ record, line }) => {
    const { measuredCycles, architecture: _, ...rest } = record;
    const position = { line, column: 1, ...(file === undefined ? {} : { file }) };
    if (measuredCycles !== undefined) samples.push({ ...rest, measuredCycles, position });
    else {
      const missing = new LoopnestError({
        code: "input",
        path: "cycles",
        problem: "the measured cycles are missing",
        fix: "give cycles, as a positive number",
      });
      faults.push(atLine(missing, line, file));
    }
  });
  if (faults.length === 0 && samples.length === 0) {
    const position = { line: 1, column: 1, ...(file === undefined ? {} : { file }) };
    throw new LoopnestError({
      code: "input",
      problem: "there are no samples",
      fix: "give one record a line",
      position,
    });
  }
  throwFaults(faults);
  return samples;
}

/** Reads records with or without measured cycles; errors as of `readSamples`. */
export function readCases(text: string, file?: string, format?: SampleFormat): CaseRecord[] {
  const faults: LoopnestError[] = [];
  const records = readRecords(text, file, format, faults);
  throwFaults(faults);
  return records.map(({ record }) => record);
}

function readRecords(
  text: string,
  file: string | undefined,
  format: SampleFormat = file?.toLowerCase().endsWith(".csv") ? "csv" : "jsonl",
  faults: LoopnestError[],
): { record: CaseRecord; line: number }[] {
  const records: { record: CaseRecord; line: number }[] = [];
  const attempt = (line: number, read: () => CaseRecord) => {
    try {
      records.push({ record: read(), line });
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      faults.push(atLine(error, line, file));
    }
  };
  if (format === "csv") {
    for (const row of csvTable(text, file)) {
      attempt(row.line, () => {
        const record = JSON.stringify(recordOfRow(row));
        try {
          return readRecord(record, row.line, file);
        } catch (error) {
          throw error instanceof LoopnestError ? atColumn(error) : error;
        }
      });
    }
    return records;
  }
  text.split("\n").forEach((line, i) => {
    if (line.trim() !== "") attempt(i + 1, () => readRecord(line, i + 1, file));
  });
  return records;
}

/**
 * The fault of a row's record as one of its table: the column by its name, not the place in a record that no file has.
 */
function atColumn({ data }: LoopnestError): LoopnestError {
  const { position: _, path, ...rest } = data;
  return new LoopnestError({ ...rest, ...(path === undefined ? {} : { path: path.replace(/^problem\.dims\./, "") }) });
}

function throwFaults(faults: readonly LoopnestError[]): void {
  if (faults.length === 0) return;
  const sorted = faults.map(({ data }) => data).sort((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0));
  const [first, ...more] = sorted;
  throw new LoopnestError({ ...first!, more });
}
