import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { LoopnestError, type SourcePosition } from "../errors/loopnest-error.js";
import { jsonSyntaxError } from "./json-syntax.js";
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
  readonly #text: string;
  readonly #lines = new LineCounter();
  #document: Document.Parsed | undefined;
  #data: unknown;

  /** @throws LoopnestError `input` with its position if the text is not YAML, or not JSON. */
  constructor(text: string, { file, format }: SourceOptions = {}) {
    this.file = file;
    this.format = format ?? (file?.toLowerCase().endsWith(".json") ? "json" : "yaml");
    this.#text = text;
    this.#data = this.format === "json" ? this.#readJson() : this.#readYaml();
  }

  /** Objects, lists, numbers, texts; comments are not part of it. */
  get data(): unknown {
    return this.#data;
  }

  /** Where a value begins, or the nearest enclosing one that is there; of a field, with `key`, where its name begins. */
  positionOf(path: Path, part: "value" | "key" = "value"): SourcePosition {
    let node: unknown = this.#parsed().contents;
    let key: unknown = null;
    for (const step of path) {
      const next = child(resolve(node, this.#parsed()), step);
      if (next === null) break;
      key = next.key;
      if (next.node === null) break;
      node = next.node;
    }
    const found = part === "key" && key !== null ? key : node;
    return this.#at((found as Node | null)?.range?.[0] ?? 0);
  }

  #readJson(): unknown {
    try {
      return JSON.parse(this.#text);
    } catch {
      return this.#failJson();
    }
  }

  #failJson(): never {
    const error = jsonSyntaxError(this.#text) ?? { offset: this.#text.length, expected: "valid JSON" };
    const got = this.#text[error.offset];
    throw new LoopnestError({
      code: "input",
      problem: got === undefined ? "the JSON ends too early" : `unexpected ${JSON.stringify(got)} in JSON`,
      fix: `${error.expected} should stand here`,
      position: this.#at(error.offset),
    });
  }

  /** Aliases are followed only now: one may name nothing, or more than any text means. */
  #toData(document: Document.Parsed): unknown {
    try {
      return document.toJS();
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      const [, name] = /: ([^\s:]+)$/.exec(error.message) ?? [];
      const offset = name === undefined ? -1 : this.#text.indexOf(`*${name}`);
      throw new LoopnestError({
        code: "input",
        problem: name === undefined ? "its aliases stand for too much" : `the alias *${name} names no anchor`,
        fix: name === undefined ? "write the values out" : `put &${name} in front of a value above it`,
        position: this.#at(Math.max(0, offset)),
      });
    }
  }

  #readYaml(): unknown {
    const document = this.#parsed();
    const error = document.errors[0] ?? document.warnings[0];
    if (error === undefined) return this.#toData(document);
    throw new LoopnestError({
      code: "input",
      problem: error.message.split(/ at line \d+|\n/)[0]!.replace(/\.$/, ""),
      fix: "write one valid YAML document",
      position: this.#at(error.pos[0]),
    });
  }

  #parsed(): Document.Parsed {
    const options = { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: this.format === "yaml" };
    this.#document ??= parseDocument(this.#text, options);
    return this.#document;
  }

  #at(offset: number): SourcePosition {
    const before = this.#text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - (before.lastIndexOf("\n") + 1) + 1;
    return { ...(this.file === undefined ? {} : { file: this.file }), line, column };
  }
}

function resolve(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The key and value nodes one step down, or null if there are none. */
function child(node: unknown, step: PropertyKey): { key: unknown; node: unknown } | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { key: item, node: item };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
  return pair === undefined ? null : { key: pair.key, node: pair.value };
}
