import { readdir, rm } from "node:fs/promises";
import { LoopnestError } from "@loopnest/mapspace";
import { workloadSchema } from "@loopnest/mapspace/schema";
import { driverNames } from "@loopnest/model-learned";
import * as z from "zod";
import { fingerprint } from "../files/fingerprint.js";
import { isTrace } from "../files/hold-folder.js";
import { pathWithin, removeWithin } from "../files/own-folder.js";
import { readSealed, type SealedKind, writeSealed } from "../files/sealed-file.js";
import { storedPlanSchema } from "../run-folder/unfinished-files.js";
import type { TunePlan } from "./tune-plan.js";

/** Files and folders of tuning. */
export const TUNE_FILES = {
  /** What tuning is about: enough to go on with it. */
  plan: "tuning.json",
  /** Measured cases, one a line: data for `loopnest calibrate`. */
  samples: "samples.jsonl",
  failures: "failures.json",
  /** The last model, for `--model`. */
  model: "model.json",
  page: "tune.html",
  /** Written last. */
  result: "tune.json",
  /** What every round measures: `rounds/01.json`. */
  rounds: "rounds",
  /** A run folder for every search. */
  searches: "searches",
} as const;

const FOLDERS: readonly string[] = [TUNE_FILES.rounds, TUNE_FILES.searches];

const storedSchema = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that began tuning"),
  sha256: z.string().describe("of all that tuning is about"),
  measurements: z.int().min(1),
  plan: z.strictObject({
    search: storedPlanSchema.shape.plan,
    measure: z.string(),
    shell: z.boolean(),
    driver: z.enum(driverNames as [string, ...string[]]),
    sampled: workloadSchema.exactOptional(),
    maxCycles: z.number().optional(),
  }),
});

/** What a folder is about, and how many measurements it may make. */
export interface StoredTuning {
  readonly plan: TunePlan;
  readonly measurements: number;
}

const tuningKind: SealedKind<StoredTuning> = {
  schema: storedSchema,
  // How much may be measured can change.
  sealed: ({ plan }) => plan,
  damaged: "begin anew with --force",
  version: { did: "began this", or: "begin anew with --force" },
};

/**
 * Makes a folder that of tuning: it is new or empty, or holds the same, which is then gone on with.
 *
 * @param force Take away what was measured and found there before.
 * @throws LoopnestError `input` if it holds anything else.
 */
export async function claimTuneFolder(dir: string, tuning: StoredTuning, force: boolean): Promise<void> {
  const found = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw refused(dir, error.code === "ENOTDIR" ? "this is a file" : "the folder cannot be read", "choose one with -o");
  });
  const entries = found.filter((name) => !isTrace(name));
  if (entries.includes(TUNE_FILES.plan)) {
    if (force) await removeTuning(dir);
    else if (fingerprint((await readTuning(dir)).plan) !== fingerprint(tuning.plan)) {
      const fix = "choose another folder with -o, go on with it with --resume, or replace it with --force";
      throw refused(dir, "the folder holds what came of tuning with other inputs or options", fix);
    }
  } else if (entries.length > 0) {
    throw refused(dir, "the folder holds files, but nothing of tuning", "choose a new or empty folder with -o");
  }
  await keepTuning(dir, tuning);
}

/** Keeps what tuning is about. */
export async function keepTuning(dir: string, { plan, measurements }: StoredTuning): Promise<void> {
  await writeSealed(dir, TUNE_FILES.plan, tuningKind, { measurements, plan });
}

/**
 * @throws LoopnestError `input` if there is none or it is damaged, `unsupported` if another version of loopnest began
 * it.
 */
export async function readTuning(dir: string): Promise<StoredTuning> {
  const { plan, measurements } = await readSealed(dir, TUNE_FILES.plan, tuningKind);
  return { plan, measurements };
}

/** Whether a name at the top of the folder is made by us. */
export function isTuneFile(name: string): boolean {
  return (Object.values(TUNE_FILES) as readonly string[]).includes(name);
}

async function removeTuning(dir: string): Promise<void> {
  for (const name of Object.values(TUNE_FILES)) {
    if (!FOLDERS.includes(name)) await removeWithin(dir, name);
    else await rm(await pathWithin(dir, name), { recursive: true, force: true });
  }
}

function refused(path: string, problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, fix });
}
