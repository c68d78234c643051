import { LoopnestError } from "@loopnest/mapspace";
import type { Progress } from "@loopnest/optimizers";
import type { Hands } from "../queue/hands.js";
import type { ClaimedFolder } from "../run-folder/claim-folder.js";
import { evaluatedRun } from "../run-folder/evaluated-run.js";
import type { RunResult } from "../run-folder/run-result.js";
import type { UnfinishedSearch } from "../run-folder/unfinished-search.js";
import { keepRun } from "./keep-run.js";
import { nextSteps } from "./next-steps.js";
import { nothingFound } from "./nothing-found.js";
import { runSearchPlan } from "./run-search.js";

/** How a caller watches a search. */
export interface SearchWatch {
  /** Who does it; threads of this machine, one per processor core, unless given. */
  readonly hands?: Hands | undefined;
  readonly onNews?: (progress: Progress) => void;
  /** Whether what an architect asks next is looked into, too; not unless given. */
  readonly asksNext?: boolean;
  /** Is given the result, even if the folder does not take it. */
  readonly onResult?: (result: RunResult) => void;
}

/**
 * Runs a search, or what is missing of it, to its end or an interruption, evaluates its answer with the exact model,
 * and writes the run.
 *
 * @returns The result, whose status says whether it was interrupted, and what was written, as a sentence.
 * @throws LoopnestError `infeasible` if nothing fits; Failure if nothing was found before an interruption, if figures
 * do not reproduce, or if the folder does not take the files.
 */
export async function searchToFolder(
  folder: ClaimedFolder,
  kept: UnfinishedSearch,
  { hands, onNews, onResult, asksNext = false }: SearchWatch,
): Promise<{ result: RunResult; written: string }> {
  const { plan } = kept;
  const outcome = await runSearchPlan(kept, hands, onNews).catch(async (error: unknown) => {
    // Such a search can never be.
    if (error instanceof LoopnestError) await kept.discard();
    throw error;
  });
  const { best } = outcome.result;
  if (best === null) {
    if (!outcome.interrupted) await kept.discard();
    throw await nothingFound(plan, outcome);
  }
  const next = asksNext && !outcome.interrupted ? await nextSteps(plan, { ...outcome.result, best }) : undefined;
  const { result, architecture } = await evaluatedRun(plan, best, outcome, next);
  try {
    const written = await keepRun(folder, { result, inputs: plan.inputs, architecture });
    if (!outcome.interrupted) await kept.discard();
    return { result, written };
  } finally {
    onResult?.(result);
  }
}
