import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { LoopnestError } from "@loopnest/mapspace";
import { shellWord } from "../terminal/shell-word.js";
import { commandWords } from "./command-words.js";

/** A program of the user's, as an option gives it. */
export interface ExternalCommand {
  readonly text: string;
  /** Whether a shell reads it. */
  readonly shell: boolean;
  /** The option, for errors. */
  readonly path: string;
}

/** How a run of a program ended, in words that follow "it"; `null` if the run was given up. */
export interface BatchEnd {
  readonly how: string | null;
  /** The last of what it wrote to standard error. */
  readonly noise: string;
}

export interface BatchHooks {
  readonly onLine: (line: string) => void;
  /** Milliseconds that may pass without a line; no limit if undefined. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/** Stands in a command for the name of a file with the cases, which otherwise come on standard input. */
const PLACE = "{cases}";
const isWindows = process.platform === "win32";
/** A process group of its own, so that what a program starts ends with it; Windows knows what was started by whom. */
const GROUP = { detached: !isWindows, windowsHide: true } as const;
const MOST_NOISE = 2000;
const MOST_LINE = 1 << 24;

/**
 * Runs a program once, on a few lines of text, and hands on the lines that it writes.
 *
 * @throws LoopnestError `input` if there is no such program, or it may not be run.
 */
export async function runBatch(
  command: ExternalCommand,
  lines: readonly string[],
  { onLine, timeoutMs, signal }: BatchHooks,
): Promise<BatchEnd> {
  const text = lines.map((line) => `${line}\n`).join("");
  const folder = command.text.includes(PLACE) ? await mkdtemp(join(tmpdir(), "loopnest-cases-")) : null;
  try {
    const file = folder === null ? "" : join(folder, "cases.jsonl");
    if (folder !== null) await writeFile(file, text);
    const child = start(command, file);
    // A program that ends without reading its input is heard of when it ends.
    child.stdin.on("error", () => {});
    child.stdin.end(folder === null ? text : "");
    return await ended(child, command, { onLine, signal, ...(timeoutMs !== undefined && { timeoutMs }) });
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

function start({ text, shell, path }: ExternalCommand, file: string): ChildProcessWithoutNullStreams {
  if (shell) return spawn(text.replaceAll(PLACE, shellWord(file)), { ...GROUP, shell: true });
  const [program, ...args] = commandWords(text, path).map((word) => word.replaceAll(PLACE, file));
  return spawn(program!, args, GROUP);
}

function ended(
  child: ChildProcessWithoutNullStreams,
  { path, text }: ExternalCommand,
  { onLine, timeoutMs, signal }: BatchHooks,
): Promise<BatchEnd> {
  return new Promise((done, fail) => {
    let noise = "";
    let rest = "";
    let how: string | null | undefined;
    const decoder = new StringDecoder("utf8");
    const stop = (reason: string | null) => {
      how ??= reason;
      endGroup(child);
    };
    let timer = timeoutMs === undefined ? undefined : setTimeout(() => stop(silent(timeoutMs)), timeoutMs);
    const giveUp = () => {
      how = null;
      endGroup(child);
    };
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp);
    child.stderr.on("data", (chunk: Buffer) => {
      noise = (noise + chunk.toString("utf8")).slice(-MOST_NOISE);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      const parts = (rest + decoder.write(chunk)).split("\n");
      rest = parts.pop()!;
      if (rest.length > MOST_LINE) return stop("wrote a line of more than 16 million characters");
      if (parts.length > 0) timer?.refresh();
      parts.forEach(onLine);
    });
    const release = () => {
      clearTimeout(timer);
      timer = undefined;
      signal.removeEventListener("abort", giveUp);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      release();
      const what = error.code === "ENOENT" ? "there is no such program" : `it cannot be run (${error.message})`;
      fail(new LoopnestError({ code: "input", path, problem: what, fix: "check its name and your PATH", got: text }));
    });
    child.on("close", (code, killedBy) => {
      release();
      if (rest.trim() !== "") onLine(rest);
      if (how === undefined)
        how =
          killedBy !== null
            ? `was ended by ${killedBy} without an answer`
            : `ended with code ${code} without an answer`;
      done({ how, noise: noise.trim() });
    });
  });
}

function silent(timeoutMs: number): string {
  return `gave no answer within ${timeoutMs / 1000} s`;
}

/** Ends a program with all that it has started. */
function endGroup({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return;
  if (isWindows) {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
