import { LoopnestError } from "@loopnest/mapspace";
import type { FusedNetwork } from "@loopnest/optimizers";
import { type FusionSlope, slopeText } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { writeFiles } from "../files/write-files.js";
import { assignment } from "../input/assignment.js";
import { printData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";
import { fusedRun } from "./fused-run.js";
import { type FuseOptions, fusionPlan, titleOf } from "./fusion-plan.js";

/**
 * `loopnest fuse --sweep`: words of DRAM with and without fusion, for every value of a size.
 *
 * @throws LoopnestError `input` for what is no size with values, or no picture; as `fuse` does.
 */
export async function sweepFusion(workload: string, sweep: string, options: FuseOptions): Promise<void> {
  const { size, values } = sweepOf(sweep);
  checkPicture(options.output);
  const found: { value: number; network: FusedNetwork }[] = [];
  let title = "";
  for (const value of values) {
    const plan = await fusionPlan(workload, options, [`${size}=${value}`]);
    const { network } = await fusedRun(plan, options);
    title = titleOf(plan, network, size);
    found.push({ value, network });
    if (network.stopped) throw new Failure(`interrupted at ${size}=${value}`, exitCodes.interrupted);
  }
  const points = found.map(({ value, network: { apart, fused } }) => ({ value, apart, fused }));
  const slope = { title, size, points };
  if (options.output !== undefined) await writePicture(options.output, slope);
  const rows = points.map(({ value, apart, fused }) => ({ [size]: value, apart, fused }));
  printData(options, {
    document: () => ({ size, rows }),
    lines: () => rows,
    text: () => slopeText(slope, textStyle()),
  });
}

/** @throws LoopnestError `input` for a name that ends in neither .html nor .svg. */
async function writePicture(file: string, slope: FusionSlope): Promise<void> {
  const { chartFile, slopeChart, slopePage } = await import("@loopnest/report/charts");
  const { chartDocument } = await import("../report/chart-document.js");
  const isSvg = file.endsWith(".svg");
  const text = isSvg ? chartFile(slopeChart(slope), slope.title, chartDocument()) : slopePage(slope, chartDocument());
  await writeFiles({ [file]: text });
  process.stderr.write(`written to ${file}\n`);
}

function checkPicture(file: string | undefined): void {
  if (file === undefined || /\.(html|svg)$/.test(file)) return;
  throw new LoopnestError({
    ...{ code: "input", path: "--output", problem: `${file} is no name of a picture`, got: file },
    fix: "with --sweep, let it end in .html or .svg",
  });
}

function sweepOf(text: string): { size: string; values: number[] } {
  const [size = "", list = ""] = assignment(text) ?? [];
  const values = list.split(",").map(Number);
  if (size !== "" && list !== "" && values.every(Number.isFinite)) return { size, values };
  throw new LoopnestError({
    code: "input",
    path: "--sweep",
    problem: `${text} is no size with values`,
    fix: "write it as scratchpadKb=64,128,256",
    got: text,
  });
}
