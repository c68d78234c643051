import { DEEPEST } from "../yaml/check-tokens.js";
import type { Part, Place } from "./places.js";

/** What stops a text from being JSON: where, and what was expected there. */
export interface JsonSyntaxError {
  readonly offset: number;
  readonly expected: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a text.
const OPEN_STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;
/** An escape that the text's end cuts short. */
const CUT_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** A number or a word that the text's end cuts short. */
const CUT_SCALAR = /(?:-?(?:\d+(?:\.|(?:\.\d+)?[eE][+-]?))|-|t(?:ru?)?|f(?:al?s?)?|n(?:ul?)?)$/y;
const SPACE = /[ \t\r\n]*/y;

/** Whether lists and objects of a JSON text are nested more deeply than in any document; null, or where. */
export function jsonTooDeep(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '"') {
      do at = text.indexOf('"', at + 1);
      while (at >= 0 && isEscaped(text, at));
      if (at < 0) return null;
    } else if ((letter === "[" || letter === "{") && ++depth > DEEPEST) return at;
    else if (letter === "]" || letter === "}") depth--;
  }
  return null;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

/**
 * Where the values of a JSON text stand, or its first syntax error.
 *
 * `JSON.parse` says where in words that differ from engine to engine; this says it in numbers. The text must not be
 * nested too deeply (`jsonTooDeep`).
 */
export function jsonPlaces(text: string): Place | JsonSyntaxError {
  try {
    return new JsonReader(text).document();
  } catch (error) {
    if (error instanceof Error) throw error;
    return error as JsonSyntaxError;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Place {
    const place = this.#value();
    this.#take(SPACE);
    if (this.#at < this.#text.length) this.#fail("the end of the file");
    return place;
  }

  #value(): Place {
    this.#take(SPACE);
    const start = this.#at;
    const parts = new Map<string, Part>();
    if (this.#text[start] === "[") {
      this.#list("]", () => {
        const place = this.#value();
        parts.set(String(parts.size), { keyStart: place.start, place });
      });
    } else if (this.#text[start] === "{") {
      this.#list("}", () => {
        const keyStart = this.#at;
        if (!this.#takeString()) this.#fail("a field name in double quotes");
        const name = JSON.parse(this.#text.slice(keyStart, this.#at)) as string;
        this.#take(SPACE);
        if (this.#text[this.#at] !== ":") this.#fail(":");
        this.#at++;
        parts.set(name, { keyStart, place: this.#value() });
      });
    } else if (!this.#takeString()) {
      const isCut = this.#take(CUT_SCALAR);
      if (isCut || !this.#take(SCALAR)) this.#fail("a value");
    }
    return { start, parts };
  }

  /** Whether a string stands here. One that does not end, or holds what a string may not, fails where that is. */
  #takeString(): boolean {
    if (!this.#take(OPEN_STRING)) return false;
    const isCut = this.#take(CUT_ESCAPE);
    const next = this.#text[this.#at];
    if (isCut || next === undefined) this.#fail("the closing double quote");
    if (next === "\\") this.#fail("one of JSON's escapes, such as \\n, \\\" or \\u0041");
    if (next !== '"') this.#fail("an escape such as \\n or \\u0000 in place of a control character");
    this.#at++;
    return true;
  }

  #list(close: string, item: () => void): void {
    this.#at++;
    this.#take(SPACE);
    if (this.#text[this.#at] !== close) {
      for (;;) {
        item();
        this.#take(SPACE);
        if (this.#text[this.#at] !== ",") break;
        this.#at++;
        this.#take(SPACE);
      }
    }
    if (this.#text[this.#at] !== close) this.#fail(`, or ${close}`);
    this.#at++;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at += match[0].length;
    return match !== null;
  }

  #fail(expected: string): never {
    throw { offset: this.#at, expected } satisfies JsonSyntaxError;
  }
}
