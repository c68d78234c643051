import { type Counts, LoopnestError } from "@loopnest/mapspace";
import {
  type FusedNetwork,
  type FusionProgress,
  fuseNetwork,
  type ObjectiveName,
  objectiveUnit,
} from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { assignment } from "../input/assignment.js";
import { makePlan } from "../plan/make-plan.js";
import { searchTask } from "../plan/search-task.js";
import { watchInterruption } from "../terminal/interruption.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { statusLine } from "../terminal/status-line.js";
import { textStyle } from "../terminal/text-style.js";
import { fusionText, sweepText } from "./fusion-text.js";

/** The options of `loopnest fuse` as the command line gives them. */
export interface FuseOptions extends OutputForm {
  readonly target: string;
  readonly objective: ObjectiveName;
  /** How far above the optimum the answer may stay, as a fraction of it. */
  readonly gap: number;
  readonly pe?: number;
  readonly fix: readonly string[];
  /** `size=value,value`. */
  readonly sweep?: string;
  readonly dim: readonly string[];
  readonly energyTable?: string;
  readonly counts?: Counts;
}

/**
 * `loopnest fuse`: the certified best of a network on given hardware, with every layer by itself and with what layers
 * hand each other on chip.
 *
 * @throws LoopnestError for bad input, a network without edges, a target without a home, or if nothing fits.
 */
export async function fuse(workload: string, options: FuseOptions): Promise<void> {
  if (options.sweep === undefined) {
    const { network, title } = await fuseOn(workload, options, []);
    printData(options, {
      document: () => network,
      lines: () => [...network.segments, ...network.edges],
      text: () => fusionText(title, options.objective, network, textStyle()),
    });
    if (network.stopped) throw new Failure("interrupted: this is the best so far", exitCodes.interrupted);
    return;
  }
  const { size, values } = sweepOf(options.sweep);
  const found: { value: number; network: FusedNetwork }[] = [];
  let title = "";
  for (const value of values) {
    const one = await fuseOn(workload, options, [`${size}=${value}`]);
    title = one.title;
    found.push({ value, network: one.network });
    if (one.network.stopped) throw new Failure(`interrupted at ${size}=${value}`, exitCodes.interrupted);
  }
  const rows = found.map(({ value, network: { apart, fused } }) => ({ [size]: value, apart, fused }));
  printData(options, {
    document: () => ({ size, rows }),
    lines: () => rows,
    text: () => sweepText(title, size, found, textStyle()),
  });
}

async function fuseOn(
  workload: string,
  { target, objective, gap, pe, fix, dim, energyTable, counts }: FuseOptions,
  more: readonly string[],
): Promise<{ network: FusedNetwork; title: string }> {
  const plan = await makePlan([workload], {
    ...{
      target,
      objective,
      dim,
      seed: 1,
      method: "exact",
      weight: [],
      mapOnly: { layers: [] },
      fix: [...fix, ...more],
    },
    ...(pe !== undefined && { pe }),
    ...(energyTable !== undefined && { energyTable }),
    ...(counts !== undefined && { counts }),
  });
  const task = await searchTask(plan);
  const { name, edges = [] } = task.workload;
  if (edges.length === 0) {
    throw new LoopnestError({
      code: "unsupported",
      path: "workload.edges",
      problem: `nothing is known of what the layers of ${name} hand each other`,
      fix: "add edges to its file; built-in transformers and image networks have them",
    });
  }
  const line = statusLine();
  const interruption = watchInterruption(() => {
    line.end();
    process.stderr.write("stopping; press Ctrl-C again to give up what was found\n");
  });
  const unit = objectiveUnit(objective);
  let least = 0;
  const network = await fuseNetwork(task, {
    ...{ gap, signal: interruption.signal },
    onProgress: (progress) => {
      least = progress.lowerBound;
      line.show(() => progressText(progress, unit));
    },
  }).finally(() => {
    interruption.release();
    line.end();
  });
  if (network === null) {
    if (interruption.signal.aborted) {
      const known = `layer by layer, none is below ${quantity(least)} ${unit}`;
      throw new Failure(`interrupted: nothing found yet; ${known}`, exitCodes.interrupted);
    }
    throw new LoopnestError({ code: "infeasible", path: "hardware", problem: `a layer of ${name} fits nowhere` });
  }
  const sizes = Object.entries(plan.fixed).map(([size, value]) => `${size} ${value}`);
  return { network, title: `${name} on ${task.model.target.name}, ${sizes.join(", ")}` };
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
