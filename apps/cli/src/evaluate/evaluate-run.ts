import { version } from "../../package.json";
import { Failure } from "../errors/failure.js";
import { readRun } from "../run-folder/read-run.js";
import { quantity } from "../terminal/number-format.js";
import { checkRun } from "./check-run.js";

/** Most disagreements that are listed. */
const MOST_FAULTS = 20;

/**
 * `loopnest evaluate --run`: says whether every figure of a run folder reproduces.
 *
 * @throws Failure if not; LoopnestError `input` for a file that is missing or damaged.
 */
export async function evaluateRun(dir: string): Promise<void> {
  const run = await readRun(dir);
  const faults = await checkRun(run);
  const { layers, totals, versions, status } = run.result;
  if (faults.length === 0) {
    const what = `${layers.length} layers, EDP ${quantity(totals.edp)} uJ x cycles`;
    const note = status === "interrupted" ? " (the search was interrupted)" : "";
    process.stdout.write(`${dir}: every figure reproduces: ${what}${note}\n`);
    return;
  }
  const listed = faults.slice(0, MOST_FAULTS).map((fault) => `  ${fault}`);
  if (faults.length > MOST_FAULTS) listed.push(`  ... and ${faults.length - MOST_FAULTS} more`);
  if (versions.loopnest !== version) listed.push(`  (made by loopnest ${versions.loopnest}, this is ${version})`);
  throw new Failure(`${dir} does not reproduce, ${faults.length} disagreements:\n${listed.join("\n")}`);
}
