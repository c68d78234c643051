import type { Tuning } from "@loopnest/report";
import { tuningPage } from "@loopnest/report/charts";
import { Failure } from "../errors/failure.js";
import { writeWithin } from "../files/own-folder.js";
import { chartDocument } from "../report/chart-document.js";
import { jsonText } from "../terminal/print-data.js";
import { TUNE_FILES } from "./tune-folder.js";

/** Writes the page and `tune.json`, which comes last. @throws Failure if the folder does not take them. */
export async function writeTuning(dir: string, tuning: Tuning): Promise<void> {
  try {
    await writeWithin(dir, TUNE_FILES.page, tuningPage(tuning, chartDocument()));
    await writeWithin(dir, TUNE_FILES.result, jsonText(tuning));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Failure(`${dir} could not be written: ${(error as Error).message}`);
  }
}
