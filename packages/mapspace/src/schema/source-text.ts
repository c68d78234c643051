import { LoopnestError, type SourcePosition } from "../errors/loopnest-error.js";
import { tooDeep } from "../yaml/check-tokens.js";
import { LineStarts } from "../yaml/line-starts.js";
import { YamlText } from "../yaml/yaml-text.js";
import { jsonPlaces, jsonTooDeep } from "./json-places.js";
import { offsetOf, type Place, yamlPlaces } from "./places.js";
import type { Path } from "./quantities.js";

/** How a document is written; JSON is read strictly, with its own messages. */
export type DocumentFormat = "yaml" | "json";

/** What is known of a text before it is read. */
export interface SourceOptions {
  /** Name of the file, for errors. */
  readonly file?: string;
  /** `json` if the file's name ends so, else `yaml`. */
  readonly format?: DocumentFormat;
}

/** A YAML or JSON text that knows where each of its values stands. */
export class SourceText {
  readonly file: string | undefined;
  readonly format: DocumentFormat;
  /** Objects, lists, numbers, texts; comments are not part of it. */
  readonly data: unknown;
  /** Whether the text has no value at all, at most comments; `null` is a value. */
  readonly isEmpty: boolean;
  readonly #positionAt: (offset: number) => SourcePosition;
  /** Found out when first asked for: most texts are right. */
  readonly #findPlaces: () => Place;
  #places: Place | undefined;

  /** @throws LoopnestError `input` with its position if the text is not YAML, or not JSON. */
  constructor(text: string, { file, format }: SourceOptions = {}) {
    this.file = file;
    this.format = format ?? (file?.toLowerCase().endsWith(".json") ? "json" : "yaml");
    if (this.format === "json") {
      let lines: LineStarts | undefined;
      this.#positionAt = (offset) => {
        lines ??= new LineStarts(text, file);
        return lines.positionAt(offset);
      };
      this.data = this.#readJson(text);
      this.isEmpty = false;
      this.#findPlaces = () => jsonPlaces(text) as Place;
    } else {
      const yaml = new YamlText(text, file === undefined ? {} : { file });
      this.#positionAt = (offset) => yaml.positionAt(offset);
      this.data = yaml.toData();
      this.isEmpty = yaml.isEmpty;
      this.#findPlaces = () => yamlPlaces(yaml);
    }
  }

  /**
   * Where a value begins, or the nearest enclosing one that is there; of a field, with `key`, where its name begins.
   */
  positionOf(path: Path, part: "value" | "key" = "value"): SourcePosition {
    this.#places ??= this.#findPlaces();
    return this.#positionAt(offsetOf(this.#places, path, part));
  }

  #readJson(text: string): unknown {
    const deep = jsonTooDeep(text);
    if (deep !== null) this.#fail(tooDeep(deep));
    try {
      return JSON.parse(text);
    } catch {
      const found = jsonPlaces(text);
      const { offset, expected } = "expected" in found ? found : { offset: text.length, expected: "valid JSON" };
      const got = text[offset];
      const problem = got === undefined ? "the JSON ends too early" : `unexpected ${JSON.stringify(got)} in JSON`;
      return this.#fail({ offset, problem, fix: `${expected} should stand here` });
    }
  }

  #fail({ offset, problem, fix }: { offset: number; problem: string; fix: string }): never {
    throw new LoopnestError({ code: "input", problem, fix, position: this.#positionAt(offset) });
  }
}
