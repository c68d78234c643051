import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Name of the file with a project's settings. */
export const SETTINGS_FILE = "loopnest.yaml";

/** Names another file of settings; empty for none. */
export const SETTINGS_VARIABLE = "LOOPNEST_CONFIG";

/**
 * The settings file that holds for a folder: its own or that of the nearest folder above it; `null` if there is none.
 */
export function findSettings(folder = process.cwd(), environment = process.env): string | null {
  const named = environment[SETTINGS_VARIABLE];
  if (named !== undefined) return named === "" ? null : named;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, SETTINGS_FILE);
    if (existsSync(file)) return relative(folder, file) || file;
    if (at === dirname(at)) return null;
  }
}
