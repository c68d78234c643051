import { readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { holdFolder } from "../files/hold-folder.js";
import type { SearchPlan } from "../plan/search-plan.js";
import type { Hands } from "../queue/hands.js";
import { claimFolder } from "../run-folder/claim-folder.js";
import { readResult } from "../run-folder/read-result.js";
import { isRunFile, RUN_FILES } from "../run-folder/run-files.js";
import { planIdentity, sameIdentity } from "../run-folder/run-identity.js";
import type { RunResult } from "../run-folder/run-result.js";
import { beginSearch, readUnfinishedSearch } from "../run-folder/unfinished-search.js";
import { searchToFolder } from "../search/search-to-folder.js";

/**
 * The run of a plan: that of its folder if it is finished, else the search of the folder gone on with, or begun.
 *
 * @param hands Who does it; threads of this machine, one per processor core, unless given.
 * @returns The result, and whether it was there before; or the error that says why there is none.
 * @throws Failure if the search was interrupted; LoopnestError if the folder holds anything else.
 */
export async function searchWithin(
  dir: string,
  plan: SearchPlan,
  hands?: Hands,
): Promise<{ result: RunResult; known: boolean } | { infeasible: LoopnestError }> {
  const identity = planIdentity(plan);
  const unfinished = await readUnfinishedSearch(dir);
  if (unfinished === null) {
    const there = await finishedRun(dir);
    if (there !== null && sameIdentity(there, identity)) return { result: there, known: true };
  }
  const folder = await claimFolder(dir, identity, false);
  try {
    const { result } = await holdFolder(dir, isRunFile, async () => {
      const search = unfinished ?? (await beginSearch(dir, plan));
      return searchToFolder(folder, search, { hands });
    });
    if (result.status === "interrupted") throw new Failure("interrupted", exitCodes.interrupted);
    return { result, known: false };
  } catch (error) {
    if (error instanceof LoopnestError && error.data.code === "infeasible") return { infeasible: error };
    throw error;
  }
}

async function finishedRun(dir: string): Promise<RunResult | null> {
  const entries = await readdir(dir).catch(() => [] as string[]);
  if (!entries.includes(RUN_FILES.result)) return null;
  const result = await readResult(dir);
  return result.status === "finished" ? result : null;
}
