import type { CellValue, ResultColumn } from "@loopnest/sweep";
import { version } from "../../package.json";

/** A table in the form of Apache Parquet that grows by rows. What it returns are the bytes of the file that follow. */
export interface ParquetTable {
  /** Adds a row; a value for every column. Only rows of the last group are held. */
  add(row: readonly CellValue[]): Uint8Array;
  /** The last bytes; nothing can be added after. */
  end(): Uint8Array;
}

/** Rows of a row group. */
const GROUP = 10_000;

const TYPES = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  whole: { type: "INT64" },
  number: { type: "DOUBLE" },
} as const;

/** An empty table of some columns, every cell of which may be null. */
export async function parquetTable(columns: readonly ResultColumn[]): Promise<ParquetTable> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    createdBy: `loopnest ${version}`,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: "OPTIONAL" as const, ...TYPES[type] })),
    ],
  });
  /** Bytes that have come since they were taken last. */
  const taken = () => {
    const fresh = bytes.getBytes().slice();
    bytes.index = 0;
    return fresh;
  };
  let columnData = columns.map(({ name }) => ({ name, data: [] as unknown[] }));
  const writeGroup = () => {
    const { length } = columnData[0]?.data ?? [];
    if (length > 0) writer.write({ columnData, rowGroupSize: length });
    columnData = columns.map(({ name }) => ({ name, data: [] }));
  };
  return {
    add(row) {
      row.forEach((value, i) => {
        const isWhole = columns[i]!.type === "whole" && value !== null;
        columnData[i]!.data.push(isWhole ? BigInt(value) : value);
      });
      if (columnData[0]!.data.length === GROUP) writeGroup();
      return taken();
    },
    end() {
      writeGroup();
      writer.finish();
      return taken();
    },
  };
}
