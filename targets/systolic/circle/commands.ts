import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** The built program, for Node. */
export const PROGRAM = fileURLToPath(new URL("../../../apps/cli/bin/loopnest.js", import.meta.url));

/**
 * Runs the built program, as a user would type it.
 *
 * @returns What it printed to standard output.
 * @throws Error with what it printed to standard error.
 */
export async function loopnest(folder: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(process.execPath, [PROGRAM, ...args], { cwd: folder, maxBuffer: 1 << 28 });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`loopnest ${args.join(" ")}\n${stderr || message}`);
  }
}
