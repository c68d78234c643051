import type { LineWriter } from "./line-writer.js";

/** Writes records, each given as a line of JSON, as the elements of one JSON list, while they come. */
export function inList(writer: LineWriter): LineWriter {
  let before = "[";
  return {
    line(text) {
      const element = `${before}\n  ${text}`;
      before = ",";
      return writer.part(element);
    },
    end() {
      writer.part(before === "[" ? "[]\n" : "\n]\n");
      return writer.end();
    },
    part: writer.part,
  };
}

/** Writes a record, given as a line of JSON, as a document for people. */
export function indented(writer: LineWriter): LineWriter {
  return { ...writer, line: (text) => writer.line(JSON.stringify(JSON.parse(text), null, 2)) };
}
