import { csvCell } from "../text/media.js";

/** What a cell of a CSV file may hold; nothing stands for what is not known. */
export type CsvValue = string | number | boolean | null | undefined;

/** Records as a CSV file (RFC 4180, with line feeds). */
export function csv(columns: readonly string[], records: readonly (readonly CsvValue[])[]): string {
  return [columns, ...records].map((record) => `${record.map(csvCell).join(",")}\n`).join("");
}
