import type { ResultColumn, SweepRow } from "@loopnest/sweep";
import { version } from "../../package.json";

/** A table in the form of Apache Parquet, made from pieces. Each takes the bytes of the file that follow. */
export interface ParquetTable {
  /** Adds rows as a row group of their own. */
  add(rows: readonly SweepRow[]): Uint8Array;
  /** The last bytes; nothing can be added after. */
  end(): Uint8Array;
}

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
  return {
    add(rows) {
      const columnData = columns.map(({ name, type, of }) => ({
        name,
        data: rows.map((row) => {
          const value = of(row);
          return type === "whole" && value !== null ? BigInt(value) : value;
        }),
      }));
      writer.write({ columnData, rowGroupSize: rows.length });
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}
