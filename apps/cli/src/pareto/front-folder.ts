import { readdir, rm } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { parseDocument } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { fingerprint } from "../files/fingerprint.js";
import { isTrace } from "../files/hold-folder.js";
import { namesWithin, pathWithin, removeWithin } from "../files/own-folder.js";
import { readText } from "../files/read-text.js";
import { readSealed, type SealedKind, writeSealed } from "../files/sealed-file.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { storedPlanSchema } from "../run-folder/unfinished-files.js";
import { type FrontResult, frontResultSchema } from "./front-result.js";

/** Files of a front's folder. */
export const FRONT_FILES = {
  /** What the front is about: enough to go on with it. */
  plan: "front.json",
  /** The front, or what is known of it so far. */
  result: "pareto.json",
  csv: "pareto.csv",
  page: "pareto.html",
  svg: "pareto.svg",
  png: "pareto.png",
  /** A run folder for every search. */
  searches: "searches",
} as const;

/** What a front is about. */
export interface FrontPlan {
  /** Of the first search; the others have area limits besides. */
  readonly plan: SearchPlan;
  /** Searches at most. */
  readonly points: number;
  /** Where the front ends; where designs are ten times worse than the best unless given. */
  readonly minAreaMm2?: number;
}

const storedFrontSchema = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that began the front"),
  sha256: z.string().describe("of all that the front is about"),
  points: z.int().min(1),
  minAreaMm2: z.number().optional(),
  plan: storedPlanSchema.shape.plan,
});

const frontKind: SealedKind<FrontPlan> = {
  schema: storedFrontSchema,
  sealed: ({ plan, points, minAreaMm2 }) => [plan, points, minAreaMm2 ?? null],
  damaged: "begin the front anew with --force",
  version: { did: "began this front", or: "begin anew with --force" },
};

/**
 * Makes a folder the front's own: it is new or empty, or holds the same front, which is then gone on with.
 *
 * @param force Take away the front that is there.
 * @throws LoopnestError `input` if it holds anything else.
 */
export async function claimFrontFolder(dir: string, front: FrontPlan, force: boolean): Promise<void> {
  const found = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw refused(
      dir,
      error.code === "ENOTDIR" ? "this is a file" : "the folder cannot be read",
      "choose a folder with -o",
    );
  });
  const entries = found.filter((name) => !isTrace(name));
  if (entries.includes(FRONT_FILES.plan) && !force) {
    const there = await readFrontPlan(dir);
    if (fingerprint(frontKind.sealed(there)) === fingerprint(frontKind.sealed(front))) return;
    const { inputs, method, objective } = there.plan;
    const searched = `${inputs.workload.name} on ${inputs.target.name} (${method}, ${objective.name})`;
    throw refused(
      dir,
      `the folder holds another front: ${there.points} points of ${searched}`,
      "choose another folder with -o, go on with that front with --resume, or replace it with --force",
    );
  }
  if (entries.length > 0 && !force) {
    throw refused(dir, "the folder holds files, but no front", "choose a new or empty folder with -o, or add --force");
  }
  if (entries.includes(FRONT_FILES.plan)) await removeFront(dir);
  await writeSealed(dir, FRONT_FILES.plan, frontKind, front);
}

/**
 * @throws LoopnestError `input` if there is none or it is damaged, `unsupported` if another version of loopnest began
 * it.
 */
export async function readFrontPlan(dir: string): Promise<FrontPlan> {
  const { plan, points, minAreaMm2 } = await readSealed(dir, FRONT_FILES.plan, frontKind);
  return { plan, points, ...(minAreaMm2 !== undefined && { minAreaMm2 }) };
}

/** What is known of a front; `null` if nothing is yet. */
export async function readFront(dir: string): Promise<FrontResult | null> {
  const file = await pathWithin(dir, FRONT_FILES.result);
  if (!(await readdir(dir)).includes(FRONT_FILES.result)) return null;
  return parseDocument(await readText(file), { file }, frontResultSchema);
}

/** Takes a front away, with the runs of its searches. */
async function removeFront(dir: string): Promise<void> {
  const { searches, ...files } = FRONT_FILES;
  for (const name of Object.values(files)) await removeWithin(dir, name);
  for (const name of await namesWithin(dir, searches)) {
    if (/^\d{2,}$/.test(name)) await rm(await pathWithin(dir, `${searches}/${name}`), { recursive: true, force: true });
  }
}

/** Whether a name at the top of a front's folder is made by us. */
export function isFrontFile(name: string): boolean {
  return (Object.values(FRONT_FILES) as readonly string[]).includes(name);
}

function refused(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
