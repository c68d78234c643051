import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { pathWithin } from "../files/own-folder.js";
import { readText, unreadable } from "../files/read-text.js";
import { RUN_FILES } from "./run-files.js";

/** What `SHA256SUMS` says of files: a line each, in the form that `sha256sum -c` reads. */
export function checksumsText(files: ReadonlyMap<string, string>): string {
  return [...files].map(([name, text]) => `${sha256(text)}  ${name}\n`).join("");
}

/**
 * Checks that every file of a run folder is the one that was written, to the last byte.
 *
 * @param needed Files that must be listed; no others may be.
 * @throws LoopnestError `input` for a file that is missing, is another one, or is not listed.
 */
export async function checkChecksums(dir: string, needed: readonly string[]): Promise<void> {
  const list = await pathWithin(dir, RUN_FILES.checksums);
  const text = await readText(list).catch((error: unknown) => {
    if (error instanceof LoopnestError)
      throw damaged(list, "it is missing, or cannot be read: without it no file can be checked");
    throw error;
  });
  const sums = readSums(text, list);
  const forgotten = needed.find((name) => !sums.has(name));
  if (forgotten !== undefined) throw damaged(list, `it does not list ${forgotten}`);
  const foreign = [...sums.keys()].find((name) => !needed.includes(name));
  if (foreign !== undefined) throw damaged(list, `it lists ${JSON.stringify(foreign)}, which is no file of this run`);
  for (const [name, sum] of sums) {
    const file = await pathWithin(dir, name);
    const bytes = await readFile(file).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    if (sha256(bytes) !== sum) throw damaged(file, "its content is not what was written");
  }
}

function readSums(text: string, file: string): Map<string, string> {
  const sums = new Map<string, string>();
  text
    .trimEnd()
    .split("\n")
    .forEach((content, i) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(content.trimEnd()) ?? [];
      if (sum === undefined) {
        throw new LoopnestError({
          code: "input",
          position: { file, line: i + 1, column: 1 },
          problem: "this is no SHA-256 with the name of a file",
          fix: FIX,
        });
      }
      sums.set(name!, sum);
    });
  return sums;
}

const FIX = "fetch the folder again from where it comes from, or search anew with --force";

function damaged(path: string, problem: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix: FIX });
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
