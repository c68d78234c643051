import { access, constants, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { LoopnestError } from "@loopnest/mapspace";
import { isTrace } from "../files/hold-folder.js";
import { readResult } from "./read-result.js";
import { PARTS_FOLDER, RUN_FILES } from "./run-files.js";
import { planIdentity, type RunIdentity, sameIdentity } from "./run-identity.js";
import type { RunResult } from "./run-result.js";
import { readUnfinishedSearch } from "./unfinished-search.js";

/** A folder that a run may write to. */
export interface ClaimedFolder {
  readonly dir: string;
  /** The run that is in it and that the new one may replace. */
  readonly earlier: RunResult | null;
}

/**
 * Finds out, before a search begins, whether its run may be written to a folder: it is new or empty, holds a run of the
 * same inputs and options (whose answer is the same), or the caller insists.
 *
 * @param force Replace whatever run is there.
 * @throws LoopnestError `input` if not, or if nothing can be written there.
 */
export async function claimFolder(dir: string, identity: RunIdentity, force: boolean): Promise<ClaimedFolder> {
  const entries = await entriesOf(dir);
  if (entries === null || entries.every(isLeftover)) {
    await checkWritable(dir);
    return { dir, earlier: null };
  }
  await checkUnfinished(dir, identity, force);
  if (!entries.includes(RUN_FILES.result)) {
    if (entries.includes(RUN_FILES.plan)) return { dir, earlier: null };
    if (force || entries.includes(RUN_FILES.inputs)) return { dir, earlier: null };
    throw refused(dir, "the folder holds files, but no run", "choose a new or empty folder with -o, or add --force");
  }
  const earlier = await readResult(dir).catch((error: unknown) => {
    if (!(error instanceof LoopnestError)) throw error;
    if (force) return null;
    throw refused(
      dir,
      `the run in the folder cannot be read (${error.message})`,
      "choose another folder with -o, or replace that run with --force",
    );
  });
  if (force || earlier === null || sameIdentity(earlier, identity)) return { dir, earlier };
  const { inputs, method, options, objective } = earlier;
  const how = `${method}, ${objective.name}, seed ${options["seed"]}`;
  throw refused(
    dir,
    `the folder holds a run of other inputs or options: ${inputs.workload.name} on ${inputs.target.name} (${how})`,
    "choose another folder with -o, or replace that run with --force",
  );
}

/** A search that was cut short may be begun anew, but not be lost to another one. */
async function checkUnfinished(dir: string, identity: RunIdentity, force: boolean): Promise<void> {
  if (force) return;
  const kept = await readUnfinishedSearch(dir);
  if (kept === null || sameIdentity(planIdentity(kept.plan), identity)) return;
  const { inputs, method } = kept.plan;
  throw refused(
    dir,
    `the folder holds an unfinished search of other inputs or options: ${inputs.workload.name} on ` +
      `${inputs.target.name} (${method})`,
    "choose another folder with -o, go on with that search with --resume, or replace it with --force",
  );
}

/** What a search that was killed while it began may have left behind. */
function isLeftover(name: string): boolean {
  return name === PARTS_FOLDER || isTrace(name);
}

async function entriesOf(dir: string): Promise<string[] | null> {
  try {
    return await readdir(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR") throw refused(dir, "this is a file", "choose a folder with -o");
    throw refused(dir, "the folder cannot be read", "choose another with -o");
  }
}

/** The nearest folder that exists must take new files. */
async function checkWritable(dir: string): Promise<void> {
  let folder = resolve(dir);
  for (;;) {
    try {
      await access(folder, constants.W_OK);
      if ((await stat(folder)).isDirectory()) return;
      throw refused(dir, `${folder} is a file`, "choose another folder with -o");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (error instanceof LoopnestError) throw error;
      if ((code !== "ENOENT" && code !== "ENOTDIR") || folder === dirname(folder)) {
        throw refused(dir, `${folder} takes no new files`, "choose another folder with -o");
      }
      folder = dirname(folder);
    }
  }
}

function refused(dir: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path: join(dir), problem, fix, got: dir });
}
