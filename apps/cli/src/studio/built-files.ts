import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../errors/failure.js";

/** Where a build puts it: the program's chunks lie in a folder beside it. */
const PLACES = ["../studio", "studio"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The studio's files by their path on a web host. @throws Failure if the program was built without them. */
export async function builtFiles(): Promise<Map<string, Buffer>> {
  for (const folder of PLACES) {
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
    if (names === null) continue;
    const files = new Map<string, Buffer>();
    for (const entry of names) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(folder.length + 1).replaceAll(sep, "/"), await readFile(path));
    }
    return files;
  }
  throw new Failure("this build of loopnest has no studio: npm run build makes it");
}
