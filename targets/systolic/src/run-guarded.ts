import { spawn } from "node:child_process";

/** What a program printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command. Its standard input ends when the process that gave it does, however that ends: then the shell's whole
 * group ends too, so that nothing goes on unseen.
 */
const GUARD = `exec 3<&0
(cat; kill -9 0) <&3 >/dev/null 2>&1 &
"$@" </dev/null 3<&-
status=$?
kill $! 2>/dev/null
exit $status`;

/**
 * Runs a program, and ends it with all that it has started on the signal, or when this process ends.
 *
 * @returns What it printed.
 * @throws Error with `code` ENOENT if there is no such program; with `stderr` if it fails; the signal's reason if it
 * was ended.
 */
export function runGuarded(
  program: string,
  args: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<Printed> {
  return new Promise((done, fail) => {
    if (signal?.aborted) return fail(signal.reason);
    const groups = process.platform !== "win32";
    const child = groups
      ? spawn("/bin/sh", ["-c", GUARD, "sh", program, ...args], { cwd, detached: true })
      : spawn(program, args, { cwd });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.stdin.on("error", () => {});
    const end = () => {
      if (child.pid === undefined) return;
      try {
        if (groups) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended by itself in the meantime.
      }
    };
    signal?.addEventListener("abort", end);
    child.on("error", fail);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", end);
      child.stdin.destroy();
      if (signal?.aborted) fail(signal.reason);
      else if (code === 0) done({ stdout, stderr });
      else fail(Object.assign(new Error(`${program} ended with exit code ${code}`), { stderr: stderr || stdout }));
    });
  });
}
