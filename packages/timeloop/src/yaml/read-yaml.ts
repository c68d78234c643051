import { LoopnestError, type SourcePosition } from "@loopnest/mapspace";
import { YamlText } from "@loopnest/mapspace/yaml";
import { Field } from "./field.js";
import { fillIncludes, type SourceFile } from "./fill-includes.js";
import type { NoteOptions } from "./note.js";

/** How a file is read. */
export interface ReadOptions extends NoteOptions {
  /** Files that it may include. */
  readonly files?: readonly SourceFile[];
}

/** A setting as libconfig has it, which ends in a semicolon. */
const LIBCONFIG = /^\s*[\w-]+\s*=\s*[^#;\n]+;/m;

/**
 * Reads a YAML file as a tree of fields that know their place.
 *
 * Tags (`!Component`) are kept; hyphens and underscores in names are alike, as they are to Timeloop.
 *
 * @throws LoopnestError `input` with file, line and column if the text is not one YAML document, `unsupported` if it is
 * libconfig or a template with more than includes.
 */
export function readYaml(source: SourceFile, { files = [], onNote = () => {} }: ReadOptions = {}): Field {
  const { file } = source;
  if (/\.cfg$/i.test(file) || LIBCONFIG.test(source.text)) {
    throw new LoopnestError({
      code: "unsupported",
      problem: "this is libconfig, the format that Timeloop had before YAML",
      fix: "give the YAML file, or write the same fields as `name: value` lines",
      position: { file, line: 1, column: 1 },
    });
  }
  const { text, origins } = fillIncludes(source, files);
  const original = (position: SourcePosition) => ({ ...position, ...origins[position.line - 1] });
  const fix = "write one valid YAML document; templates and includes have to be filled in before";
  try {
    const yaml = new YamlText(text, { file, tags: true, fix });
    return new Field({ yaml, onNote, positionAt: (offset) => original(yaml.positionAt(offset)) }, yaml.root);
  } catch (error) {
    if (!(error instanceof LoopnestError) || error.data.position === undefined) throw error;
    throw new LoopnestError({ ...error.data, position: original(error.data.position) });
  }
}
