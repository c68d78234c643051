import type { FusedNetwork } from "@loopnest/optimizers";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { holdFolder } from "../files/hold-folder.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { claimFolder } from "../run-folder/claim-folder.js";
import { isRunFile } from "../run-folder/run-files.js";
import { planIdentity } from "../run-folder/run-identity.js";
import type { RunResult } from "../run-folder/run-result.js";
import { keepRun } from "../search/keep-run.js";
import { printData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";
import { fusedRun } from "./fused-run.js";
import { type FuseOptions, fusionPlan, titleOf } from "./fusion-plan.js";
import { fusionText } from "./fusion-text.js";
import { sweepFusion } from "./sweep-fusion.js";

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
    const { network, result } = await fusedRun(plan, options);
    print(network, result, plan, options);
    if (network.stopped) throw new Failure("interrupted: this is the best so far", exitCodes.interrupted);
    return;
  }
  const folder = await claimFolder(options.output, planIdentity(plan), options.force === true);
  await holdFolder(folder.dir, isRunFile, async () => {
    const { network, result, architecture } = await fusedRun(plan, options);
    const written = await keepRun(folder, { result, inputs: plan.inputs, architecture });
    print(network, result, plan, options);
    if (network.stopped) throw new Failure(`interrupted: this is the best so far; ${written}`, exitCodes.interrupted);
    process.stderr.write(`${written}\n`);
  });
}

function print(network: FusedNetwork, result: RunResult, plan: SearchPlan, options: FuseOptions): void {
  printData(options, {
    document: () => network,
    lines: () => [...network.segments, ...network.edges],
    text: () => fusionText(titleOf(plan, network), network, result, textStyle()),
  });
}
