import { basename } from "node:path";
import type { Architecture } from "@loopnest/mapspace";
import type { SearchInputs } from "../plan/search-plan.js";
import type { ClaimedFolder } from "../run-folder/claim-folder.js";
import { sameIdentity } from "../run-folder/run-identity.js";
import type { RunResult } from "../run-folder/run-result.js";
import { writeRun } from "../run-folder/write-run.js";

/** What a search leaves behind. */
interface RunToKeep {
  readonly result: RunResult;
  readonly inputs: SearchInputs;
  readonly architecture: Architecture;
}

/**
 * Writes a run to its folder, unless a better one of the same inputs and options is there already: an interrupted run
 * takes the place of none that was finished or is better.
 *
 * @returns What was done, as a sentence.
 * @throws the system's error if the folder does not take the files.
 */
export async function keepRun({ dir, earlier }: ClaimedFolder, run: RunToKeep): Promise<string> {
  const { result } = run;
  const same = earlier !== null && sameIdentity(earlier, result);
  if (same && result.status === "interrupted" && (earlier.status === "finished" || earlier.value <= result.value)) {
    return `${dir} keeps the ${earlier.status} run that was there`;
  }
  const { reportPage } = await import("@loopnest/report/charts");
  const { chartDocument } = await import("../report/chart-document.js");
  const { runView } = await import("../report/run-view.js");
  const view = await runView({ label: basename(dir), result, inputs: run.inputs });
  await writeRun(dir, { ...run, report: reportPage([view], chartDocument()) });
  if (earlier === null) return `written to ${dir}`;
  return (
    `written to ${dir}, in place of the ` +
    `${same ? "earlier run of the same inputs and options" : "run that was there"}`
  );
}
