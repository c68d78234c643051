import { createHash } from "node:crypto";
import { LoopnestError } from "@loopnest/mapspace";

/** Texts under the SHA-256 of their content: whoever has the name can tell whether it is the right text. */
export interface Contents {
  /** Keeps a text, if it is not there yet. @returns Its SHA-256 in hexadecimal. */
  put(text: string): Promise<string>;
  /** @throws MissingContent if there is no such text, LoopnestError `input` if it is not what its name says. */
  get(sha256: string): Promise<string>;
}

/** SHA-256 of a text in hexadecimal. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A content that is not there: a server may have lost it, and get it again. */
export class MissingContent extends LoopnestError {}

/** @throws MissingContent if there is no text, LoopnestError `input` for one that is not what its name says. */
export function checkedContent(sha256: string, text: string | null): string {
  if (text !== null && textHash(text) === sha256) return text;
  const fault = { code: "input", path: sha256, fix: "begin anew" } as const;
  if (text === null) throw new MissingContent({ ...fault, problem: "there is no such content" });
  throw new LoopnestError({ ...fault, problem: "the content is not what its name says" });
}
