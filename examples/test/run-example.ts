import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const examples = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs an example in a process of its own, against the sources of the packages, and returns the lines that it printed.
 *
 * @throws Error with all its output if it fails, or writes to standard error.
 */
export function runExample(file: string, ...args: readonly string[]): Promise<string[]> {
  return new Promise((done, fail) => {
    const node = ["--conditions=@loopnest/source", "--import", "tsx", file, ...args];
    execFile(process.execPath, node, { cwd: examples }, (error, stdout, stderr) => {
      if (error || stderr) fail(new Error(`${file}\n${stdout}${stderr}`));
      else done(stdout.trimEnd().split("\n"));
    });
  });
}
