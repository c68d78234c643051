import { YamlText } from "@loopnest/mapspace/yaml";
import { Field } from "./field.js";

/** A file: its name, for errors, and what is in it. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a YAML file as a tree of fields that know their place.
 *
 * Tags (`!Component`) are kept; hyphens and underscores in names are alike, as they are to Timeloop.
 *
 * @throws LoopnestError `input` with file, line and column if the text is not one YAML document.
 */
export function readYaml({ file, text }: SourceFile): Field {
  const fix = "write one valid YAML document; templates and includes have to be filled in before";
  const yaml = new YamlText(text, { file, tags: true, fix });
  return new Field(yaml, yaml.root, [], null);
}
