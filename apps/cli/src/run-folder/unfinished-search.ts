import { readdir } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import type { SearchResult } from "@loopnest/optimizers";
import { fingerprint } from "../files/fingerprint.js";
import { namesWithin, pathWithin, removeFilesWithin, removeWithin } from "../files/own-folder.js";
import { readSealed, type SealedKind, writeSealed } from "../files/sealed-file.js";
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

const planKind: SealedKind<{ readonly startedAt: string; readonly plan: SearchPlan }> = {
  schema: storedPlanSchema,
  sealed: ({ plan }) => plan,
  damaged: "search anew with --force",
  // Its parts and those of this version may not fit together.
  version: { did: "began this search", or: "search anew" },
};

const partKind: SealedKind<StoredPart> = {
  schema: storedPartSchema,
  sealed: ({ result }) => result,
  damaged: "take the file away to search this part again",
};

/** Begins to keep a search in a folder; what is kept of an earlier one is taken away. */
export async function beginSearch(dir: string, plan: SearchPlan): Promise<UnfinishedSearch> {
  await discard(dir);
  const startedAt = new Date();
  await writeSealed(dir, RUN_FILES.plan, planKind, { startedAt: startedAt.toISOString(), plan });
  return unfinished(dir, plan, startedAt, []);
}

/**
 * Reads what a folder keeps of a search, all of it; `null` if it keeps none.
 *
 * @throws LoopnestError `input` for a file that is damaged or does not belong to the search, `unsupported` if another
 * version of loopnest began it: its parts and those of this version may not fit together.
 */
export async function readUnfinishedSearch(dir: string): Promise<UnfinishedSearch | null> {
  await pathWithin(dir, RUN_FILES.plan);
  if (!(await readdir(dir).catch(() => [] as string[])).includes(RUN_FILES.plan)) return null;
  const { startedAt, plan } = await readSealed(dir, RUN_FILES.plan, planKind);
  return unfinished(dir, plan, new Date(startedAt), await readParts(dir, fingerprint(plan)));
}

async function readParts(dir: string, plan: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  // Others are leftovers of a write that was cut short.
  for (const name of (await namesWithin(dir, PARTS_FOLDER)).filter(isPartFile)) {
    const file = `${PARTS_FOLDER}/${name}`;
    const stored = await readSealed(dir, file, partKind);
    if (stored.plan !== plan || partFile(stored.part) !== file) {
      throw new LoopnestError({
        code: "input",
        path: await pathWithin(dir, file),
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
      await writeSealed(dir, partFile(part), partKind, { part, plan: planHash, secondsSpent, result });
    },
    discard: () => discard(dir),
  };
}

/** The plan goes first: parts without one are nothing. */
async function discard(dir: string): Promise<void> {
  await removeWithin(dir, RUN_FILES.plan);
  await removeFilesWithin(dir, PARTS_FOLDER, isPartFile);
}
