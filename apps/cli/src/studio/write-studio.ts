import { join } from "node:path";
import { writeWithin } from "../files/own-folder.js";
import type { Opened } from "./opened-files.js";
import { siteFiles } from "./site-files.js";

/**
 * Writes the page, and what it is to open, to a folder for any web host. @returns The files, the folder's name before
 * them.
 */
export async function writeStudio(
  dir: string,
  built: ReadonlyMap<string, Buffer>,
  opened: readonly Opened[],
): Promise<string[]> {
  const files = siteFiles(built, opened);
  for (const [path, content] of files) await writeWithin(dir, path, content);
  return [...files.keys()].map((path) => join(dir, path));
}
