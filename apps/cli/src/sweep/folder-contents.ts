import { readFile } from "node:fs/promises";
import { pathWithin, writeWithin } from "../files/own-folder.js";
import { type Contents, checkedContent, textHash } from "../jobs/contents.js";
import { INPUTS_FOLDER } from "./sweep-files.js";

/** The inputs that a sweep's folder keeps. */
export function folderContents(dir: string): Contents {
  const known = new Set<string>();
  return {
    async put(text) {
      const sha256 = textHash(text);
      if (!known.has(sha256)) await writeWithin(dir, fileOf(sha256), text);
      known.add(sha256);
      return sha256;
    },
    async get(sha256) {
      const text = await readFile(await pathWithin(dir, fileOf(sha256)), "utf8").catch(() => null);
      return checkedContent(sha256, text);
    },
  };
}

function fileOf(sha256: string): string {
  return `${INPUTS_FOLDER}/${sha256}.json`;
}
