import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A small disk of memory for a folder; nothing where this user may not mount one. */
export function smallDisk(dir, megabytes) {
  mkdirSync(dir, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", dir], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  const filler = join(dir, "..filler");
  return {
    /** Leaves no byte free for a while. */
    async fill(ms) {
      const { bavail, bsize } = statfsSync(dir);
      try {
        writeFileSync(filler, Buffer.alloc(Number(bavail) * Number(bsize)));
      } catch {
        // Somebody was quicker: full all the same.
      }
      await setTimeout(ms);
      rmSync(filler, { force: true });
    },
    unmount() {
      execFileSync("umount", [dir], { stdio: "ignore" });
    },
  };
}
