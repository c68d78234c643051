import { join } from "node:path";
import { csv } from "@loopnest/report";
import { chartFile, frontChart, frontPage } from "@loopnest/report/charts";
import { Failure } from "../errors/failure.js";
import { writeWithin } from "../files/own-folder.js";
import { chartDocument } from "../report/chart-document.js";
import { rasterizer } from "../report/rasterize.js";
import { jsonText } from "../terminal/print-data.js";
import { FRONT_FILES } from "./front-folder.js";
import type { FrontResult } from "./front-result.js";

/**
 * Writes a front as table, page and picture, `pareto.json` last; the picture as PNG too where its module loads.
 *
 * @returns The files.
 * @throws Failure if the folder does not take them.
 */
export async function writeFront(dir: string, front: FrontResult): Promise<string[]> {
  const { workload, target } = front.inputs;
  const svg = chartFile(frontChart(front), `${workload.name} on ${target.name}`, chartDocument());
  const contents = new Map<string, string | Uint8Array>([
    [FRONT_FILES.csv, frontCsv(front)],
    [FRONT_FILES.svg, svg],
    [FRONT_FILES.page, frontPage(front, chartDocument())],
  ]);
  const raster = await rasterizer().catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`no ${FRONT_FILES.png}: ${error.message}\n`);
    return null;
  });
  if (raster !== null) contents.set(FRONT_FILES.png, raster.png(svg));
  contents.set(FRONT_FILES.result, jsonText(front));
  try {
    for (const [name, content] of contents) await writeWithin(dir, name, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Failure(`${dir} could not be written: ${(error as Error).message}`);
  }
  return [...contents.keys()].map((name) => join(dir, name));
}

/**
 * A row per search that has found a design: its limit, its figures with units in their names, sizes, and whether it is
 * on the front.
 */
function frontCsv({ searches, front, smallest }: FrontResult): string {
  const sizes = Object.keys(smallest.hardware);
  const figures = ["areaMm2", "value", "edp", "energyUj", "latencyCycles"] as const;
  const head = ["search", "limitMm2", ...figures, "lowerBound", ...sizes, "onFront", "best"];
  const rows = searches.flatMap(({ name, limitMm2, design, lowerBound, best }) =>
    design === null
      ? []
      : [
          [
            ...[name, limitMm2 ?? "", ...figures.map((figure) => design[figure]), lowerBound ?? ""],
            ...[...sizes.map((size) => design.hardware[size]), front.includes(name), best],
          ],
        ],
  );
  return csv(head, rows);
}
