import type { Comparison } from "@loopnest/report";
import { comparisonMarkdown } from "@loopnest/report";
import {
  type Chart,
  chartFile,
  comparisonPage,
  convergenceBandsChart,
  finalValuesChart,
} from "@loopnest/report/charts";
import { version } from "../../package.json";
import { Failure } from "../errors/failure.js";
import { writeWithin } from "../files/own-folder.js";
import { chartDocument } from "../report/chart-document.js";
import { type Rasterizer, rasterizer } from "../report/rasterize.js";
import { jsonText } from "../terminal/print-data.js";
import { convergencesCsv, runsCsv } from "./comparison-csv.js";
import type { KeptRun } from "./kept-run-file.js";

/** Files of a comparison's folder beside the plan and the runs. */
const COMPARISON_FILES = {
  page: "compare.html",
  markdown: "compare.md",
  runs: "compare.csv",
  convergence: "convergence.csv",
  /** Written last. */
  comparison: "compare.json",
} as const;

/** What `compare.json` and `--json` say. @param missing Runs that have not ended. */
export function comparisonDocument(compared: Comparison, missing: number): object {
  const versions = { loopnest: version, node: process.versions.node };
  const status = missing === 0 ? "finished" : "interrupted";
  return { schemaVersion: 1, status, missingRuns: missing, versions, ...compared };
}

/** Writes all of a comparison's files but the runs; each file is whole or not there at all. */
export async function writeComparison(
  dir: string,
  compared: Comparison,
  runs: readonly KeptRun[],
  missing: number,
): Promise<void> {
  const drawn = compared.networks.some(({ reference }) => reference !== null);
  const charts = drawn
    ? [
        convergenceBandsChart(compared, runs, "samples"),
        convergenceBandsChart(compared, runs, "seconds"),
        finalValuesChart(compared),
      ]
    : [];
  const document = chartDocument();
  const write = (name: string, content: string | Uint8Array) => writeWithin(dir, name, content);
  try {
    await write(COMPARISON_FILES.page, comparisonPage(compared, charts, document));
    await write(COMPARISON_FILES.markdown, comparisonMarkdown(compared));
    await write(COMPARISON_FILES.runs, runsCsv(runs));
    await write(COMPARISON_FILES.convergence, convergencesCsv(runs));
    await writeChartFiles(write, charts, compared.target);
    await write(COMPARISON_FILES.comparison, jsonText(comparisonDocument(compared, missing)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Failure(`${dir} could not be written: ${(error as Error).message}`);
  }
}

async function writeChartFiles(
  write: (name: string, content: string | Uint8Array) => Promise<void>,
  charts: readonly Chart[],
  target: string,
): Promise<void> {
  const raster = await rasterizer().catch((error: unknown): Rasterizer | null => {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message.replace(/; use .*/, "")}; the charts are there as SVG files\n`);
    return null;
  });
  if (raster?.hasFonts === false) process.stderr.write("no fonts are installed: PNG files have no text\n");
  for (const chart of charts) {
    const svg = chartFile(chart, target, chartDocument());
    await write(`${chart.name}.svg`, svg);
    if (raster !== null) await write(`${chart.name}.png`, raster.png(svg));
  }
}
