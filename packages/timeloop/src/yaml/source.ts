import { LoopnestError, type SourcePosition } from "@loopnest/mapspace";
import { type Document, LineCounter, parseDocument } from "yaml";
import { Field } from "./field.js";

/** A file: its name, for errors, and what is in it. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A YAML text with its tree. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/**
 * Reads a YAML file as a tree of fields that know their place.
 *
 * Tags (`!Component`) are kept; hyphens and underscores in names are alike, as they are to Timeloop.
 *
 * @throws LoopnestError `input` with file, line and column if the text is not one YAML document.
 */
export function readYaml({ file, text }: SourceFile): Field {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const source: Source = { file, text, document, lines };
  const [error] = document.errors;
  if (error !== undefined) {
    throw new LoopnestError({
      code: "input",
      problem: error.message.replace(/\.$/, ""),
      fix: "write one valid YAML document; templates and includes have to be filled in before",
      position: positionAt(source, error.pos[0]),
    });
  }
  return new Field(source, document.contents, [], null);
}

/** Line and column of an offset. */
export function positionAt({ file, lines }: Source, offset: number): SourcePosition {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}
