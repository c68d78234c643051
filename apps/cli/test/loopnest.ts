import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const bin = fileURLToPath(new URL("../bin/loopnest.js", import.meta.url));

/** A file of the fixtures folder. */
export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** What a run of the program left behind. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** Variables of the environment, beside those of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called once with the process, as soon as it has started. */
  readonly started?: (child: ChildProcessWithoutNullStreams) => void;
}

/** Runs the built program as a user does, off a terminal. */
export function loopnest(
  args: readonly string[],
  { cwd, input = "", env: more, started }: RunOptions = {},
): Promise<Ended> {
  const { CI: _ci, FORCE_COLOR: _color, ...env } = process.env;
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...env, ...more } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  // A program that ends without reading its input is no fault of the test.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  started?.(child);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => done({ status, stdout, stderr }));
  });
}

/** A folder of its own for a test file; it is taken away at the end. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "loopnest-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
