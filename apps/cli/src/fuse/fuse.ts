import { type Counts, LoopnestError } from "@loopnest/mapspace";
import {
  type FusedNetwork,
  type FusionProgress,
  fuseNetwork,
  type ObjectiveName,
  objectiveUnit,
} from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import type { FusionSlope } from "@loopnest/report/charts";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { holdFolder } from "../files/hold-folder.js";
import { writeFiles } from "../files/write-files.js";
import { assignment } from "../input/assignment.js";
import { makePlan } from "../plan/make-plan.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { claimFolder } from "../run-folder/claim-folder.js";
import { evaluatedRun } from "../run-folder/evaluated-run.js";
import { isRunFile } from "../run-folder/run-files.js";
import { planIdentity } from "../run-folder/run-identity.js";
import { keepRun } from "../search/keep-run.js";
import { watchInterruption } from "../terminal/interruption.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { statusLine } from "../terminal/status-line.js";
import { textStyle } from "../terminal/text-style.js";
import { checkFusion, fusedDesign } from "./fused-design.js";
import { fusionText, sweepText } from "./fusion-text.js";

/** The options of `loopnest fuse` as the command line gives them. */
export interface FuseOptions extends OutputForm {
  readonly target: string;
  readonly objective: ObjectiveName;
  /** How far above the optimum the answer may stay, as a fraction of it. */
  readonly gap: number;
  /** Whether sizes that are not given are free. */
  readonly hardware?: boolean;
  readonly pe?: number;
  readonly fix: readonly string[];
  /** `size=value,value`. */
  readonly sweep?: string;
  readonly dim: readonly string[];
  readonly energyTable?: string;
  readonly counts?: Counts;
  /** The folder of the run; nothing is written unless given. */
  readonly output?: string;
  readonly force?: boolean;
}

/** Most layers that run together. */
const LONGEST_SEGMENT = 3;

/**
 * `loopnest fuse`: the certified best of a network on given hardware, with every layer by itself and with what layers
 * hand each other on chip; evaluated by the exact model, and written as a run where a folder is given.
 *
 * @throws LoopnestError for bad input, a network without edges, a target without a home, or if nothing fits; Failure if
 * it was interrupted, or figures do not reproduce.
 */
export async function fuse(workload: string, options: FuseOptions): Promise<void> {
  if (options.sweep !== undefined) return sweepFusion(workload, options.sweep, options);
  const plan = await fusionPlan(workload, options, []);
  if (options.output === undefined) {
    const { network } = await fusedRun(plan, options);
    print(network, plan, options);
    if (network.stopped) throw new Failure("interrupted: this is the best so far", exitCodes.interrupted);
    return;
  }
  const folder = await claimFolder(options.output, planIdentity(plan), options.force === true);
  await holdFolder(folder.dir, isRunFile, async () => {
    const { network, result, architecture } = await fusedRun(plan, options);
    const written = await keepRun(folder, { result, inputs: plan.inputs, architecture });
    print(network, plan, options);
    if (network.stopped) throw new Failure(`interrupted: this is the best so far; ${written}`, exitCodes.interrupted);
    process.stderr.write(`${written}\n`);
  });
}

function print(network: FusedNetwork, plan: SearchPlan, options: FuseOptions): void {
  printData(options, {
    document: () => network,
    lines: () => [...network.segments, ...network.edges],
    text: () => fusionText(titleOf(plan, network), options.objective, network, textStyle()),
  });
}

async function sweepFusion(workload: string, sweep: string, options: FuseOptions): Promise<void> {
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
  if (options.output !== undefined) {
    const points = found.map(({ value, network: { apart, fused } }) => ({ value, apart, fused }));
    await writePicture(options.output, { title, size, points });
  }
  const rows = found.map(({ value, network: { apart, fused } }) => ({ [size]: value, apart, fused }));
  printData(options, {
    document: () => ({ size, rows }),
    lines: () => rows,
    text: () => sweepText(title, size, found, textStyle()),
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

/** What is searched, with all that decides the answer. */
async function fusionPlan(
  workload: string,
  { target, objective, gap, hardware = false, pe, fix, dim, energyTable, counts }: FuseOptions,
  more: readonly string[],
): Promise<SearchPlan> {
  const plan = await makePlan([workload], {
    ...{
      target,
      objective,
      dim,
      gap,
      uneven: true,
      seed: 1,
      method: "exact",
      weight: [],
      ...(!hardware && { mapOnly: { layers: [] } }),
      fix: [...fix, ...more],
    },
    ...(pe !== undefined && { pe }),
    ...(energyTable !== undefined && { energyTable }),
    ...(counts !== undefined && { counts }),
  });
  const { name, edges = [] } = plan.inputs.workload;
  if (edges.length === 0) {
    throw new LoopnestError({
      code: "unsupported",
      path: "workload.edges",
      problem: `nothing is known of what the layers of ${name} hand each other`,
      fix: "add edges to its file; built-in transformers and image networks have them",
    });
  }
  return { ...plan, options: { ...plan.options, longestSegment: LONGEST_SEGMENT } as SearchPlan["options"] };
}

/** @param except A size that is none of the title's. */
function titleOf({ inputs: { workload, target } }: SearchPlan, { hardware }: FusedNetwork, except?: string): string {
  const sizes = Object.entries(hardware)
    .filter(([size]) => size !== except)
    .map(([size, value]) => `${size} ${value}`);
  return `${workload.name} on ${target.name}, ${sizes.join(", ")}`;
}

/** The search, and its answer as the exact model counts it from mappings alone. */
async function fusedRun(plan: SearchPlan, options: FuseOptions) {
  const startedAt = new Date();
  const network = await searchFusion(plan, options);
  const seconds = (Date.now() - startedAt.getTime()) / 1000;
  const { best, fused } = fusedDesign(plan.inputs.workload, network);
  const { value, lowerBound } = network.fused;
  const account = {
    ...{ interrupted: network.stopped, startedAt, seconds, workers: 1 },
    result: {
      ...{
        method: plan.method,
        seed: plan.options.seed,
        best,
        samples: 1,
        seconds,
        lowerBound,
        stopped: network.stopped,
      },
      convergence: [{ samples: 1, seconds, value }],
    },
  };
  const { result, architecture } = await evaluatedRun(plan, best, account, undefined, fused);
  checkFusion(network, result);
  return { network, result, architecture };
}

async function searchFusion(plan: SearchPlan, { objective, gap }: FuseOptions): Promise<FusedNetwork> {
  const task = await searchTask(plan);
  const line = statusLine();
  const interruption = watchInterruption(() => {
    line.end();
    process.stderr.write("stopping; press Ctrl-C again to give up what was found\n");
  });
  const unit = objectiveUnit(objective);
  let least = 0;
  const network = await fuseNetwork(task, {
    ...{ gap, longest: LONGEST_SEGMENT, signal: interruption.signal },
    onProgress: (progress) => {
      least = progress.lowerBound;
      line.show(() => progressText(progress, unit));
    },
  }).finally(() => {
    interruption.release();
    line.end();
  });
  if (network !== null) return network;
  if (interruption.signal.aborted) {
    const known = `layer by layer, none is below ${quantity(least)} ${unit}`;
    throw new Failure(`interrupted: nothing found yet; ${known}`, exitCodes.interrupted);
  }
  const { name } = plan.inputs.workload;
  throw new LoopnestError({ code: "infeasible", path: "hardware", problem: `a layer of ${name} fits nowhere` });
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

function progressText({ value, lowerBound, fused }: FusionProgress, unit: string): string {
  const kind = fused ? "fused" : "layer by layer";
  if (value === null) return `${kind}: nothing that fits yet, none is below ${quantity(lowerBound)} ${unit}`;
  const above = (100 * (value - lowerBound)) / lowerBound;
  return `${kind}: ${quantity(value)} ${unit}, at most ${above.toFixed(2)} % above the optimum`;
}
