import type { CST } from "yaml";

/** Deepest nesting of lists and fields that a document may have. */
export const DEEPEST = 100;
/** Most letters of a document, and of one value in it. */
const LONGEST_TEXT = 16_000_000;
const LONGEST_VALUE = 100_000;

/** What is wrong with a text, where, and what would be right. */
export interface TextFault {
  readonly offset: number;
  readonly problem: string;
  readonly fix: string;
}

/** Whether a text is too long to be a document at all. */
export function lengthFault({ length }: string): TextFault | null {
  if (length <= LONGEST_TEXT) return null;
  const problem = `the text has ${length} letters, more than the ${LONGEST_TEXT} of any document`;
  return { offset: 0, problem, fix: "give a smaller file, or JSON" };
}

/**
 * What no document of ours needs and what would take the reader of YAML minutes or its stack: lists or fields as names
 * of fields, nesting without end, values of megabytes. Looked for in the tokens, before a tree is made of them.
 */
export function tokenFault(tokens: readonly CST.Token[]): TextFault | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST) return tooDeep(token.offset);
    if (token.type === "document") {
      if (token.value !== undefined) open.push({ token: token.value, depth });
    } else if ("items" in token) {
      for (const item of token.items) {
        if (item.key != null && "items" in item.key) {
          const problem = "a list or fields as the name of a field";
          return { offset: item.key.offset, problem, fix: "name fields by words: `name: value`" };
        }
        for (const part of [item.key, item.value]) if (part != null) open.push({ token: part, depth: depth + 1 });
      }
    } else if ("source" in token && token.source.length > LONGEST_VALUE && token.type !== "comment") {
      const problem = `a value of ${token.source.length} letters`;
      return { offset: token.offset, problem, fix: `values have at most ${LONGEST_VALUE} letters` };
    }
  }
  return null;
}

/** The fault of a text that is nested too deeply. */
export function tooDeep(offset: number): TextFault {
  return { offset, problem: `nested more than ${DEEPEST} deep`, fix: "write a flatter document" };
}
