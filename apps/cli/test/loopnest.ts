import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { warmProgram } from "./warm-program.js";

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
}

interface ProcessOptions extends RunOptions {
  /** Called once with the process, as soon as it has started. */
  readonly started?: (child: ChildProcessWithoutNullStreams) => void;
}

/**
 * Runs the built program off a terminal, in a process that runs it again and again: to start one and to load the
 * program takes longer than most commands of a test do. `warm-program.test.ts` holds that it makes no difference.
 */
export function loopnest(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return warmProgram({ args, ...options, env: environment(options.env) });
}

/** Runs the built program off a terminal as a user does, in a process of its own, which may be killed. */
export function loopnestProcess(
  args: readonly string[],
  { cwd, input = "", env, started }: ProcessOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: environment(env) });
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

/** The test's variables without those that say how its own output looks, and more. */
function environment(more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const { CI: _ci, FORCE_COLOR: _color, ...env } = process.env;
  return { ...env, ...more };
}

/** A folder of its own for a test file; it is taken away at the end. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "loopnest-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
