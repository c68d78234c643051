import { access, readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import * as z from "zod";
import { isTrace } from "../files/hold-folder.js";
import { namesWithin, pathWithin, removeWithin } from "../files/own-folder.js";
import { readSealed, type SealedKind, writeSealed } from "../files/sealed-file.js";
import { targetOf } from "../files/write-atomically.js";
import type { ComparePlan } from "./compare-plan.js";
import { type KeptRun, readKeptRun } from "./kept-run-file.js";
import { insteadOfExact, type PlannedRun, plannedRuns } from "./planned-run.js";

/** What the comparison of a folder is about. */
const PLAN_FILE = "plan.json";

const storedPlan = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that began the comparison"),
  sha256: z.string().describe("of the plan"),
  plan: z.looseObject({ networks: z.array(z.unknown()), machines: z.array(z.unknown()) }),
});

const planKind: SealedKind<{ readonly plan: ComparePlan }> = {
  schema: storedPlan,
  sealed: ({ plan }) => plan,
  damaged: "compare anew with --force; finished runs that are whole are kept",
};

/**
 * Makes a folder that of a comparison. Runs that it keeps from an earlier one stay and count, if they are of the same
 * inputs and options: a comparison may be begun again, and widened.
 *
 * @param force Take whatever is in the folder.
 * @throws LoopnestError `input` if the folder holds other files.
 */
export async function claimCompareFolder(dir: string, plan: ComparePlan, force: boolean): Promise<void> {
  const found = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw refused(dir, error.code === "ENOTDIR" ? "this is a file" : "the folder cannot be read");
  });
  const entries = found.filter((name) => !isTrace(name));
  if (entries.length > 0 && !entries.includes(PLAN_FILE) && !force) {
    throw refused(dir, "the folder holds files, but no comparison");
  }
  if (entries.includes(PLAN_FILE) && !force) await readComparePlan(dir);
  await writeSealed(dir, PLAN_FILE, planKind, { plan }).catch((error: Error) => {
    throw refused(dir, `the folder takes no files (${error.message})`);
  });
}

/** @throws LoopnestError `input` if the folder holds no comparison, or a damaged one. */
export async function readComparePlan(dir: string): Promise<ComparePlan> {
  return (await readSealed(dir, PLAN_FILE, planKind)).plan;
}

/** Whether a name at the top of a comparison's folder is made by us. */
export function isComparisonFile(name: string): boolean {
  return name === PLAN_FILE || /^compare\.\w+$|^convergence\.csv$|\.(svg|png)$/.test(name);
}

/** What a comparison has of its runs, and what is missing. */
export interface Inventory {
  readonly finished: ReadonlyMap<PlannedRun, KeptRun>;
  readonly missing: readonly PlannedRun[];
}

/**
 * Reads the finished runs of a comparison.
 *
 * @param force Runs that cannot be used are taken away instead of reported.
 * @throws LoopnestError `input` for a file that is damaged or of other inputs or options.
 */
export async function takeInventory(dir: string, plan: ComparePlan, force: boolean): Promise<Inventory> {
  const finished = new Map<PlannedRun, KeptRun>();
  const missing: PlannedRun[] = [];
  const queue = plannedRuns(plan);
  for (const run of queue) {
    await removeTemporary(dir, run);
    const kept = await keptOf(dir, run, force);
    if (kept === null || (kept.limitSeconds !== undefined && kept.limitSeconds < plan.exactLimit)) {
      missing.push(run);
      continue;
    }
    finished.set(run, kept);
    if (!isProved(kept)) queue.push(...insteadOfExact(plan, run));
  }
  return { finished, missing };
}

/** Whether an exact search came to its end. */
export function isProved({ limitSeconds, unsupported }: KeptRun): boolean {
  return limitSeconds === undefined && unsupported === undefined;
}

async function keptOf(dir: string, run: PlannedRun, force: boolean): Promise<KeptRun | null> {
  const there = await access(await pathWithin(dir, run.file)).then(
    () => true,
    () => false,
  );
  if (!there) return null;
  try {
    return await readKeptRun(dir, run);
  } catch (error) {
    if (!force || !(error instanceof LoopnestError)) throw error;
    await removeWithin(dir, run.file);
    return null;
  }
}

/** What a killed program was about to write of a run. */
async function removeTemporary(dir: string, { file }: PlannedRun): Promise<void> {
  const folder = file.slice(0, file.lastIndexOf("/"));
  for (const name of await namesWithin(dir, folder)) {
    const target = targetOf(name);
    if (target !== null && `${folder}/${target}` === file) await removeWithin(dir, `${folder}/${name}`);
  }
}

function refused(dir: string, problem: string): LoopnestError {
  return new LoopnestError({ code: "input", path: dir, problem, fix: "choose another folder with -o", got: dir });
}
