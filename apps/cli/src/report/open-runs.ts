import { basename, join, resolve } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import type { RunView } from "@loopnest/report";
import { readWholeRun } from "../run-folder/read-run.js";
import { RUN_FILES } from "../run-folder/run-files.js";
import { runView } from "./run-view.js";

/**
 * Reads run folders, each as a whole.
 *
 * @param dirs At least one. Runs are called by their folder's name, or by their path where two have the same name.
 * @throws LoopnestError `input` for a folder with a file that is missing or damaged, or with inputs that are not those
 * of its result.
 */
export async function openRuns(dirs: readonly string[]): Promise<RunView[]> {
  const names = dirs.map((dir) => basename(resolve(dir)));
  const unique = new Set(names).size === names.length;
  const views: RunView[] = [];
  for (const [i, dir] of dirs.entries()) {
    const { result, inputs, hashes } = await readWholeRun(dir);
    for (const what of ["workload", "target", "energyTable"] as const) {
      if (hashes[what].sha256 === result.inputs[what].sha256) continue;
      throw new LoopnestError({
        code: "input",
        path: join(dir, RUN_FILES.inputs),
        problem: `its ${what} is not the one that ${RUN_FILES.result} was made from`,
        fix: "search anew, or fetch both files from where they come from",
      });
    }
    views.push(await runView({ label: unique ? names[i]! : dir, result, inputs }));
  }
  return views;
}
