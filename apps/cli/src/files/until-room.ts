import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds between attempts to write on a full disk. */
const AGAIN_MS = 1000;
const FULL = ["ENOSPC", "EDQUOT"];

/**
 * Writes, and does so again while the disk is full.
 *
 * @param write All of it or nothing: what an attempt has left is gone when the next one begins.
 * @param onFull Is told, once, that there is no room.
 */
export async function untilRoom<T>(write: () => Promise<T>, onFull: () => void): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!FULL.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      if (attempt === 1) onFull();
      await pause(AGAIN_MS);
    }
  }
}
