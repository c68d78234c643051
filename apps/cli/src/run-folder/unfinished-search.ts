import { readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import type { SearchResult } from "@loopnest/optimizers";
import { version } from "../../package.json";
import { fingerprint } from "../files/fingerprint.js";
import { namesWithin, pathWithin, removeFilesWithin, removeWithin, writeWithin } from "../files/own-folder.js";
import { readText } from "../files/read-text.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { isPartFile, PARTS_FOLDER, partFile, RUN_FILES } from "./run-files.js";
import { type StoredPart, storedPartSchema, storedPlanSchema } from "./unfinished-files.js";

/**
 * A search that has begun and not ended, as its folder keeps it: what it is about, and the results of the parts that
 * are finished.
 */
export interface UnfinishedSearch {
  readonly plan: SearchPlan;
  readonly startedAt: Date;
  /** Seconds that were spent on it when its last part was finished. */
  readonly seconds: number;
  readonly finished: ReadonlyMap<number, SearchResult>;
  /** Keeps the result of a finished part. */
  keep(part: number, result: SearchResult): Promise<void>;
  /** Takes away all that is kept. */
  discard(): Promise<void>;
}

/** Begins to keep a search in a folder; what is kept of an earlier one is taken away. */
export async function beginSearch(dir: string, plan: SearchPlan): Promise<UnfinishedSearch> {
  await discard(dir);
  const startedAt = new Date();
  const stored = {
    schemaVersion: 1,
    loopnest: version,
    startedAt: startedAt.toISOString(),
    sha256: fingerprint(plan),
    plan,
  };
  await writeWithin(dir, RUN_FILES.plan, `${JSON.stringify(stored)}\n`);
  return unfinished(dir, plan, startedAt, []);
}

/**
 * Reads what a folder keeps of a search, all of it; `null` if it keeps none.
 *
 * @throws LoopnestError `input` for a file that is damaged or does not belong to the search, `unsupported` if another
 * version of loopnest began it: its parts and those of this version may not fit together.
 */
export async function readUnfinishedSearch(dir: string): Promise<UnfinishedSearch | null> {
  const file = await pathWithin(dir, RUN_FILES.plan);
  if (!(await readdir(dir).catch(() => [] as string[])).includes(RUN_FILES.plan)) return null;
  const source = new SourceText(await readText(file), { file, format: "json" });
  const checked = validate(source, storedPlanSchema);
  if (checked.loopnest !== version) {
    throw new LoopnestError({
      code: "unsupported",
      path: file,
      problem: `loopnest ${checked.loopnest} began this search, this is ${version}`,
      fix: `go on with npx loopnest@${checked.loopnest}, or search anew`,
    });
  }
  // As it was written, before the schemas fill in or reorder anything.
  const { plan } = source.data as { plan: SearchPlan };
  if (fingerprint(plan) !== checked.sha256) throw damaged(file, "search anew with --force");
  return unfinished(dir, plan, new Date(checked.startedAt), await readParts(dir, checked.sha256));
}

async function readParts(dir: string, plan: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  // Others are leftovers of a write that was cut short.
  for (const name of (await namesWithin(dir, PARTS_FOLDER)).filter(isPartFile)) {
    const file = await pathWithin(dir, `${PARTS_FOLDER}/${name}`);
    const source = new SourceText(await readText(file), { file, format: "json" });
    const { part, sha256, plan: own } = validate(source, storedPartSchema);
    const stored = source.data as StoredPart;
    if (fingerprint(stored.result) !== sha256) throw damaged(file, "take the file away to search this part again");
    if (own !== plan || partFile(part) !== `${PARTS_FOLDER}/${name}`) {
      throw new LoopnestError({
        code: "input",
        path: file,
        problem: "it is a part of another search",
        fix: "take the file away to search this part again",
      });
    }
    parts.push(stored);
  }
  return parts;
}

function unfinished(dir: string, plan: SearchPlan, startedAt: Date, parts: readonly StoredPart[]): UnfinishedSearch {
  const planHash = fingerprint(plan);
  const begin = performance.now();
  const seconds = Math.max(0, ...parts.map((part) => part.secondsSpent));
  return {
    plan,
    startedAt,
    seconds,
    finished: new Map(parts.map(({ part, result }) => [part, result])),
    async keep(part, result) {
      const secondsSpent = seconds + (performance.now() - begin) / 1000;
      const stored: StoredPart = { part, plan: planHash, secondsSpent, sha256: fingerprint(result), result };
      await writeWithin(dir, partFile(part), `${JSON.stringify(stored)}\n`);
    },
    discard: () => discard(dir),
  };
}

/** The plan goes first: parts without one are nothing. */
async function discard(dir: string): Promise<void> {
  await removeWithin(dir, RUN_FILES.plan);
  await removeFilesWithin(dir, PARTS_FOLDER, isPartFile);
}

function damaged(path: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem: "its content is not what was written", fix });
}
