import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { LoopnestError } from "@loopnest/mapspace";

/** The right to write to a place, which no other process has at the same time. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * How often a lock says that its owner lives, and after how long without a sign it counts as left behind, in
 * milliseconds.
 */
const SIGN_MS = 10_000;
const STALE_MS = 60_000;

/**
 * Takes the right to write to a place. A process that was killed leaves its lock behind: it counts no longer.
 *
 * @param file Of the lock: there as long as it is held.
 * @param place What it is for, as the user calls it.
 * @throws LoopnestError `input` if another process has it.
 */
export async function takeLock(file: string, place: string): Promise<Lock> {
  for (let tries = 0; ; tries++) {
    try {
      await writeFile(file, `${process.pid} ${hostname()}\n`, { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 2) throw error;
    }
    const owner = await livingOwner(file);
    if (owner !== null) {
      throw new LoopnestError({
        code: "input",
        path: place,
        problem: `another loopnest (process ${owner}) is writing to it`,
        fix: "wait until it has ended, or choose another place with -o",
      });
    }
    await rm(file, { force: true });
  }
  const sign = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, SIGN_MS).unref();
  return {
    async release() {
      clearInterval(sign);
      await rm(file, { force: true });
    },
  };
}

/** Who holds a lock; `null` if nobody does any more. */
async function livingOwner(file: string): Promise<string | null> {
  const [text, times] = await Promise.all([readFile(file, "utf8"), stat(file)]).catch(() => ["", null] as const);
  if (times === null || Date.now() - times.mtimeMs > STALE_MS) return null;
  const [, pid, host] = /^(\d+) (.*)\n$/.exec(text) ?? [];
  // Just being written.
  if (pid === undefined) return "unknown";
  if (host !== hostname()) return pid;
  // Our own number is that of a process before us: in a container they begin anew.
  return Number(pid) !== process.pid && isAlive(Number(pid)) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
