import { mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { reportPage } from "@loopnest/report/charts";
import { writeAtomically } from "../files/write-atomically.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { chartDocument } from "./chart-document.js";
import { openRuns } from "./open-runs.js";
import { writeCharts } from "./write-charts.js";

/** The options of `loopnest report` as the command line gives them. */
export interface ReportOptions extends OutputForm {
  /** The page. */
  readonly output?: string;
  /** Folder for the charts as files. */
  readonly charts?: string;
  readonly format: "svg" | "png" | "both";
}

const PAGE = "report.html";

/**
 * `loopnest report`: a page about one run or several, and charts as files.
 *
 * @throws LoopnestError `input` for a run that cannot be read; the system's error where the files cannot be written.
 */
export async function report(dirs: readonly string[], options: ReportOptions): Promise<void> {
  const { output, charts, format } = options;
  const runs = await openRuns(dirs);
  // Charts alone are asked for with --charts alone.
  const page = output === undefined ? (charts === undefined ? PAGE : undefined) : await pageFile(output);
  const files: string[] = [];
  if (page === "-") process.stdout.write(reportPage(runs, chartDocument()));
  else if (page !== undefined) {
    await mkdir(dirname(resolve(page)), { recursive: true });
    await writeAtomically(page, reportPage(runs, chartDocument()));
    files.push(page);
  }
  if (charts !== undefined) files.push(...(await writeCharts(charts, runs, format)));
  if (page === "-") return;
  printData(options, {
    document: () => ({ runs: dirs, files }),
    lines: () => files.map((file) => ({ file })),
    text: () => files.map((file) => `${file}\n`).join(""),
  });
}

/** The file that an output names: itself, or one in the folder that it is. */
async function pageFile(output: string): Promise<string> {
  if (output === "-") return output;
  const isFolder = /[\\/]$/.test(output) || (await stat(output).catch(() => null))?.isDirectory() === true;
  return isFolder ? join(output, PAGE) : output;
}
