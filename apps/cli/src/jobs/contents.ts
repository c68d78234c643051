import { createHash } from "node:crypto";
import { LoopnestError } from "@loopnest/mapspace";

/** Texts under the SHA-256 of their content: whoever has the name can tell whether it is the right text. */
export interface Contents {
  /** Keeps a text, if it is not there yet. @returns Its SHA-256 in hexadecimal. */
  put(text: string): Promise<string>;
  /** @throws LoopnestError `input` if there is no such text, or it is not what its name says. */
  get(sha256: string): Promise<string>;
}

/** SHA-256 of a text in hexadecimal. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** @throws LoopnestError `input` unless the text is what its name says. */
export function checkedContent(sha256: string, text: string | null): string {
  if (text !== null && textHash(text) === sha256) return text;
  throw new LoopnestError({
    code: "input",
    path: sha256,
    problem: text === null ? "there is no such content" : "the content is not what its name says",
    fix: "begin the sweep anew",
  });
}
