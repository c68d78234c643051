/** What stops a text from being JSON: where, and what was expected there. */
export interface JsonSyntaxError {
  readonly offset: number;
  readonly expected: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a text.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * The first syntax error of a JSON text, or null if there is none.
 *
 * `JSON.parse` says where in words that differ from engine to engine; this says it in numbers.
 */
export function jsonSyntaxError(text: string): JsonSyntaxError | null {
  let at = 0;
  const fail = (expected: string): never => {
    throw { offset: at, expected } satisfies JsonSyntaxError;
  };
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match !== null;
  };
  const skipSpace = () => take(SPACE);
  const list = (close: string, item: () => void): void => {
    at++;
    skipSpace();
    if (text[at] !== close) {
      for (;;) {
        item();
        skipSpace();
        if (text[at] !== ",") break;
        at++;
        skipSpace();
      }
    }
    if (text[at] !== close) fail(`, or ${close}`);
    at++;
  };
  const value = (): void => {
    skipSpace();
    if (text[at] === "[") list("]", value);
    else if (text[at] === "{") list("}", member);
    else if (!take(STRING) && !take(SCALAR)) fail("a value");
  };
  const member = (): void => {
    if (!take(STRING)) fail("a field name in double quotes");
    skipSpace();
    if (text[at] !== ":") fail(":");
    at++;
    value();
  };
  try {
    value();
    skipSpace();
    if (at < text.length) fail("the end of the file");
    return null;
  } catch (error) {
    if (error instanceof Error) throw error;
    return error as JsonSyntaxError;
  }
}
