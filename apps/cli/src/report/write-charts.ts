import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunView } from "@loopnest/report";
import { fileName } from "@loopnest/report";
import { type Chart, chartFile, comparisonCharts, layerCharts, runCharts } from "@loopnest/report/charts";
import { writeAtomically } from "../files/write-atomically.js";
import { chartDocument } from "./chart-document.js";
import { rasterizer } from "./rasterize.js";

/**
 * Writes all charts of a report as files: `energy.svg`, `energy.png` ...; of several runs in a folder for each, with
 * those that compare them beside.
 *
 * @returns The files.
 * @throws Failure if PNG is asked for and its module does not load.
 */
export async function writeCharts(
  dir: string,
  runs: readonly RunView[],
  format: "svg" | "png" | "both",
): Promise<string[]> {
  const raster = format === "svg" ? null : await rasterizer();
  if (raster?.hasFonts === false) {
    process.stderr.write("no fonts are installed: PNG files have no text; install one, or use the SVG files\n");
  }
  const files: string[] = [];
  const write = async (folder: string, charts: readonly Chart[], subtitle: string) => {
    await mkdir(folder, { recursive: true });
    for (const chart of charts) {
      const svg = chartFile(chart, subtitle, chartDocument());
      const base = join(folder, chart.name);
      if (format !== "png") {
        await writeAtomically(`${base}.svg`, svg);
        files.push(`${base}.svg`);
      }
      if (raster !== null) {
        await writeAtomically(`${base}.png`, raster.png(svg));
        files.push(`${base}.png`);
      }
    }
  };
  if (runs.length > 1) await write(dir, comparisonCharts(runs), `${runs.length} runs`);
  for (const [i, run] of runs.entries()) {
    const { workload, target } = run.result.inputs;
    const folder = runs.length > 1 ? join(dir, `${i + 1}-${fileName(run.label)}`) : dir;
    await write(folder, [...runCharts(run), ...layerCharts(run)], `${workload.name} on ${target.name}`);
  }
  return files;
}
