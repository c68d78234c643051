import { LoopnestError } from "@loopnest/mapspace";
import { type FusedNetwork, type FusionProgress, fuseNetwork, objectiveUnit } from "@loopnest/optimizers";
import { quantity } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { searchTask } from "../plan/search-task.js";
import { evaluatedRun } from "../run-folder/evaluated-run.js";
import { watchInterruption } from "../terminal/interruption.js";
import { statusLine } from "../terminal/status-line.js";
import { checkFusion, fusedDesign } from "./fused-design.js";
import { type FuseOptions, LONGEST_SEGMENT } from "./fusion-plan.js";

/**
 * The search, and its answer as the exact model counts it from mappings alone.
 *
 * @throws LoopnestError `infeasible` if a layer fits nowhere; Failure if it was interrupted before it had a design, or
 * figures do not reproduce.
 */
export async function fusedRun(plan: SearchPlan, options: FuseOptions) {
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

function progressText({ value, lowerBound, fused }: FusionProgress, unit: string): string {
  const kind = fused ? "fused" : "layer by layer";
  if (value === null) return `${kind}: nothing that fits yet, none is below ${quantity(lowerBound)} ${unit}`;
  const above = (100 * (value - lowerBound)) / lowerBound;
  return `${kind}: ${quantity(value)} ${unit}, at most ${above.toFixed(2)} % above the optimum`;
}
