import { csvCell } from "@loopnest/report";
import { resultColumns, type SweepRow } from "@loopnest/sweep";
import { type GrowingFile, growingFile } from "../files/growing-file.js";
import { writeWithin } from "../files/own-folder.js";
import { untilRoom } from "../files/until-room.js";
import type { Commits } from "./commits.js";
import { parquetTable } from "./parquet-table.js";
import { SWEEP_FILES } from "./sweep-files.js";
import type { Sweep } from "./sweep-folder.js";
import { sweepRows } from "./sweep-rows.js";

/** Rows that are written at a time. */
const ROWS = 500;

/**
 * Writes what a sweep has found: tables as JSON Lines, CSV and Parquet, and a page; each whole or not at all.
 *
 * @param onFull Is told when the disk is full; it is waited for.
 */
export async function writeResults(dir: string, sweep: Sweep, commits: Commits, onFull: () => void): Promise<void> {
  const columns = resultColumns(sweep.sizes);
  const parquet = await parquetTable(columns);
  const { growingSummary } = await import("./sweep-summary.js");
  const summary = growingSummary(sweep);
  const files: GrowingFile[] = [];
  const begin = async (name: string) => {
    const file = await growingFile(dir, name, onFull);
    files.push(file);
    return file;
  };
  try {
    const jsonLines = await begin(SWEEP_FILES.jsonLines);
    const csv = await begin(SWEEP_FILES.csv);
    const binary = await begin(SWEEP_FILES.parquet);
    await csv.write(`${columns.map(({ name }) => csvCell(name)).join(",")}\n`);
    for await (const rows of inPieces(sweepRows(dir, commits), ROWS)) {
      const table = rows.map((row) => columns.map(({ of }) => of(row)));
      const named = table.map((cells) => Object.fromEntries(cells.map((cell, i) => [columns[i]!.name, cell])));
      await jsonLines.write(named.map((cells) => `${JSON.stringify(cells)}\n`).join(""));
      await csv.write(table.map((cells) => `${cells.map(csvCell).join(",")}\n`).join(""));
      for (const cells of table) {
        const group = parquet.add(cells);
        if (group.length > 0) await binary.write(group);
      }
      for (const row of rows) summary.add(row);
    }
    await binary.write(parquet.end());
    for (const file of files) await file.finish();
  } catch (error) {
    for (const file of files) await file.discard();
    throw error;
  }
  const { sweepPage } = await import("@loopnest/report/charts");
  const { chartDocument } = await import("../report/chart-document.js");
  const page = sweepPage(summary.whole(), chartDocument());
  await untilRoom(() => writeWithin(dir, SWEEP_FILES.page, page), onFull);
}

async function* inPieces(rows: AsyncIterable<SweepRow>, length: number): AsyncGenerator<SweepRow[]> {
  let piece: SweepRow[] = [];
  for await (const row of rows) {
    piece.push(row);
    if (piece.length < length) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
