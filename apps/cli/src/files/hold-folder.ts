import { mkdir, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { takeLock } from "./lock.js";
import { removeWithin } from "./own-folder.js";
import { targetOf } from "./write-atomically.js";

const LOCK_FILE = ".loopnest.lock";

/**
 * Makes a folder, and holds it alone while something is done with it. What a killed program was about to write is taken
 * away before, the folder itself afterwards if nothing is in it.
 *
 * @param isOurs Whether we write a file of such a name to the folder.
 * @throws LoopnestError `input` if another process holds it.
 */
export async function holdFolder<T>(
  dir: string,
  isOurs: (name: string) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await mkdir(dir, { recursive: true })
    .then(() => takeLock(join(dir, LOCK_FILE), dir))
    .catch((error: NodeJS.ErrnoException) => {
      throw error.syscall === undefined ? error : refused(dir, error);
    });
  try {
    for (const name of await readdir(dir)) {
      const target = targetOf(name);
      if (target !== null && isOurs(target)) await removeWithin(dir, name);
    }
    return await work();
  } finally {
    await lock.release();
    await rmdir(dir).catch(() => {});
  }
}

/** Whether a name in a folder is no content, but a trace of a program that is at work in it or was killed there. */
export function isTrace(name: string): boolean {
  return name === LOCK_FILE || targetOf(name) !== null;
}

function refused(dir: string, { code, message }: NodeJS.ErrnoException): LoopnestError {
  const isFile = code === "EEXIST" || code === "ENOTDIR";
  const problem = isFile ? "this is a file" : `the folder takes no files (${message})`;
  return new LoopnestError({ code: "input", path: dir, problem, fix: "choose another folder with -o", got: dir });
}
