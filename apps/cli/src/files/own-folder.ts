import { lstat, mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { targetOf, writeWhole } from "./write-atomically.js";

/**
 * The path of a file or folder of ours within a folder that the user has named. Only the named folder itself may be
 * reached through a link: below it links, pipes and devices are refused, so that nothing outside is read, written or
 * taken away.
 *
 * @param name Made by us: words with `/` between.
 * @throws LoopnestError `input` for a name that leads elsewhere, or if anything on the way is a link or no plain file.
 */
export async function pathWithin(dir: string, name: string): Promise<string> {
  const steps = name.split(/[\\/]/);
  if (steps.some((step) => ["", ".", ".."].includes(step) || step.includes("\0"))) {
    throw refused(dir, `${JSON.stringify(name)} is no name of a file within it`);
  }
  let at = dir;
  for (const [i, step] of steps.entries()) {
    at = join(at, step);
    const found = await lstat(at).catch(() => null);
    if (found === null) break;
    if (found.isSymbolicLink()) throw refused(at, "this is a link");
    const fits = found.isDirectory() || (i === steps.length - 1 && found.isFile());
    if (!fits) throw refused(at, found.isFile() ? "this is a file, where a folder should be" : "this is no plain file");
  }
  return join(dir, ...steps);
}

/** Writes a file of ours, the folders above it included: a reader sees the old one or the whole new one. */
export async function writeWithin(dir: string, name: string, content: string | Uint8Array): Promise<void> {
  const file = await pathWithin(dir, name);
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, content);
}

/** Takes a file of ours away, if it is there. */
export async function removeWithin(dir: string, name: string): Promise<void> {
  await rm(await pathWithin(dir, name), { force: true });
}

/** Names of what is in a folder of ours, in order; none if there is no such folder. */
export async function namesWithin(dir: string, name: string): Promise<string[]> {
  const folder = await pathWithin(dir, name);
  return (await readdir(folder).catch(() => [] as string[])).sort();
}

/**
 * Takes those files of one of our folders away whose names we have made, with what was left of writing them, and the
 * folder if it is empty then.
 *
 * @param isOurs Whether we make such a name.
 */
export async function removeFilesWithin(dir: string, name: string, isOurs: (name: string) => boolean): Promise<void> {
  for (const file of await namesWithin(dir, name)) {
    if (isOurs(targetOf(file) ?? file)) await removeWithin(dir, `${name}/${file}`);
  }
  await rmdir(join(dir, ...name.split("/"))).catch(() => {});
}

function refused(path: string, problem: string): LoopnestError {
  return new LoopnestError({
    code: "input",
    ...{ path, problem },
    fix: "loopnest keeps plain files only and follows no links within its folders: choose another folder",
  });
}
