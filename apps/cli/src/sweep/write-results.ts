import { open, rename, rm } from "node:fs/promises";
import { csvCell } from "@loopnest/report";
import { resultColumns, type SweepRow } from "@loopnest/sweep";
import { pathWithin, writeWithin } from "../files/own-folder.js";
import type { Commits } from "./commits.js";
import { parquetTable } from "./parquet-table.js";
import { SWEEP_FILES } from "./sweep-files.js";
import type { Sweep } from "./sweep-folder.js";
import { sweepRows } from "./sweep-rows.js";

/** Rows that are written at a time. */
const ROWS = 10_000;

/** Writes the tables of a sweep: as JSON Lines, CSV and Parquet, each whole or not at all. */
export async function writeResults(dir: string, { sizes }: Sweep, commits: Commits): Promise<void> {
  const columns = resultColumns(sizes);
  const parquet = await parquetTable(columns);
  const jsonLines = await growingFile(dir, SWEEP_FILES.jsonLines);
  const csv = await growingFile(dir, SWEEP_FILES.csv);
  const files = [jsonLines, csv];
  try {
    await csv.write(`${columns.map(({ name }) => csvCell(name)).join(",")}\n`);
    for await (const rows of inPieces(sweepRows(dir, commits), ROWS)) {
      const table = rows.map((row) => columns.map(({ of }) => of(row)));
      await jsonLines.write(
        table
          .map((cells) => `${JSON.stringify(Object.fromEntries(cells.map((cell, i) => [columns[i]!.name, cell])))}\n`)
          .join(""),
      );
      await csv.write(table.map((cells) => `${cells.map(csvCell).join(",")}\n`).join(""));
      parquet.add(rows);
    }
    const binary = await growingFile(dir, SWEEP_FILES.parquet);
    files.push(binary);
    await binary.write(parquet.bytes());
    for (const file of files) await file.finish();
  } catch (error) {
    for (const file of files) await file.discard();
    throw error;
  }
}

/** Writes the page of a sweep. */
export async function writeSweepPage(dir: string, sweep: Sweep, commits: Commits): Promise<void> {
  const { sweepPage } = await import("@loopnest/report/charts");
  const { chartDocument } = await import("../report/chart-document.js");
  const { sweepSummary } = await import("./sweep-summary.js");
  const summary = await sweepSummary(sweep, sweepRows(dir, commits));
  await writeWithin(dir, SWEEP_FILES.page, sweepPage(summary, chartDocument()));
}

/** A file that takes its name when it is whole. */
async function growingFile(dir: string, name: string) {
  const file = await pathWithin(dir, name);
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, "w");
  return {
    write: (content: string | Uint8Array) => handle.writeFile(content),
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(temporary, file);
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
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
