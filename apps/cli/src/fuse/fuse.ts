import { type Counts, LoopnestError } from "@loopnest/mapspace";
import { type FusedNetwork, fuseNetwork, type ObjectiveName } from "@loopnest/optimizers";
import { assignment } from "../input/assignment.js";
import { makePlan } from "../plan/make-plan.js";
import { searchTask } from "../plan/search-task.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";
import { fusionText, sweepText } from "./fusion-text.js";

/** The options of `loopnest fuse` as the command line gives them. */
export interface FuseOptions extends OutputForm {
  readonly target: string;
  readonly objective: ObjectiveName;
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
    return;
  }
  const { size, values } = sweepOf(options.sweep);
  const found: { value: number; network: FusedNetwork }[] = [];
  let title = "";
  for (const value of values) {
    const one = await fuseOn(workload, options, [`${size}=${value}`]);
    title = one.title;
    found.push({ value, network: one.network });
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
  { target, objective, pe, fix, dim, energyTable, counts }: FuseOptions,
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
  const network = await fuseNetwork(task);
  if (network === null) {
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
