import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/**
 * Runs one file of `measures/` in a process of its own, bundled from the sources as the command line is, and returns
 * the data that it prints: what one measure has made the compiler believe does not touch another.
 */
export function runMeasure<T>(name: string, ...args: readonly string[]): T {
  const folder = mkdtempSync(join(tmpdir(), "loopnest-bench-"));
  try {
    const outfile = join(folder, `${name}.mjs`);
    buildSync({
      entryPoints: [fileURLToPath(new URL(`measures/${name}.ts`, import.meta.url))],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      conditions: ["@loopnest/source"],
      // Some of what is bundled is CommonJS.
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [outfile, ...args], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    return JSON.parse(stdout) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
