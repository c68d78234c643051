import { quantity } from "@loopnest/report";
import { version } from "../../package.json";
import { Failure } from "../errors/failure.js";
import { readRun } from "../run-folder/read-run.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { checkRun } from "./check-run.js";

/** Most disagreements that are listed. */
const MOST_FAULTS = 20;

/**
 * `loopnest evaluate --run`: says whether every figure of a run folder reproduces.
 *
 * @throws Failure if not; LoopnestError `input` for a file that is missing or damaged.
 */
export async function evaluateRun(dir: string, form: OutputForm & { readonly model?: string }): Promise<void> {
  // A folder names code, but only the user may have it run.
  if (form.model !== undefined) await (await import("../input/model-input.js")).modelInput(form.model);
  const run = await readRun(dir);
  const faults = await checkRun(run);
  const { layers, totals, versions, status } = run.result;
  const reproduces = faults.length === 0;
  const checked = { run: dir, reproduces, status, layers: layers.length, edp: totals.edp, disagreements: faults };
  const text = () => {
    if (!reproduces) return "";
    const what = `${layers.length} layers, EDP ${quantity(totals.edp)} uJ x cycles`;
    const note = status === "interrupted" ? " (the search was interrupted)" : "";
    return `${dir}: every figure reproduces: ${what}${note}\n`;
  };
  printData(form, { document: () => checked, lines: () => [checked], text });
  if (reproduces) return;
  const listed = faults.slice(0, MOST_FAULTS).map((fault) => `  ${fault}`);
  if (faults.length > MOST_FAULTS) listed.push(`  ... and ${faults.length - MOST_FAULTS} more`);
  if (versions.loopnest !== version) listed.push(`  (made by loopnest ${versions.loopnest}, this is ${version})`);
  throw new Failure(`${dir} does not reproduce, ${faults.length} disagreements:\n${listed.join("\n")}`);
}
