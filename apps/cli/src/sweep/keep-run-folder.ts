import { join } from "node:path";
import type { SearchResult } from "@loopnest/optimizers";
import type { SearchPlan } from "../plan/search-plan.js";
import { evaluatedRun } from "../run-folder/evaluated-run.js";
import { keepRun } from "../search/keep-run.js";
import type { ManifestEntry } from "./manifest.js";
import { runFolder } from "./sweep-files.js";

/** Writes the run folder of a search, if it has found something. */
export async function keepRunFolder(
  dir: string,
  { plan, entry }: { readonly plan: SearchPlan; readonly entry: ManifestEntry },
  result: SearchResult,
): Promise<void> {
  if (result.best === null) return;
  const { seconds } = result;
  const startedAt = new Date(Date.now() - seconds * 1000);
  const run = await evaluatedRun(plan, result.best, { result, interrupted: false, startedAt, seconds, workers: 1 });
  await keepRun({ dir: join(dir, runFolder(entry.number)), earlier: null }, { ...run, inputs: plan.inputs });
}
