import { hostname } from "node:os";
import { LoopnestError } from "@loopnest/mapspace";
import { untilRoom } from "../files/until-room.js";
import type { JobOutcome, SearchJob } from "../jobs/job.js";
import { inputsReader, jobOf } from "../jobs/job-record.js";
import type { JobRunner } from "../jobs/run-jobs.js";
import { sentAnswer } from "../jobs/sent-answer.js";
import type { Commits } from "./commits.js";
import { folderContents } from "./folder-contents.js";
import { keepRunFolder } from "./keep-run-folder.js";
import { type ManifestEntry, readManifest } from "./manifest.js";

/** A search of a sweep on its way. */
export interface SweepJob extends SearchJob {
  readonly entry: ManifestEntry;
  /** How often it has been begun. */
  readonly attempts: number;
}

/** A search that throws is begun so often before it counts as failed. */
const ATTEMPTS = 3;
/** Milliseconds between two moments from which on answers outlive a failure of power. */
const SYNC_MS = 1000;

/** How a caller steers a sweep. */
export interface SweepHooks {
  readonly signal: AbortSignal;
  /** Whether searches that failed before are run again. */
  readonly retryFailed: boolean;
  readonly onBegin: (job: SweepJob) => void;
  readonly onEnd: (job: SweepJob) => void;
  /** Is told when the disk is full; it is waited for. */
  readonly onFull: () => void;
}

/**
 * Runs all searches of a sweep that have no answer yet.
 *
 * @throws Failure if a search has two answers.
 */
export async function runSweep(dir: string, commits: Commits, run: JobRunner, hooks: SweepHooks): Promise<void> {
  const here = `${hostname()}:${process.pid}`;
  const syncing = setInterval(() => void commits.journal.sync().catch(() => {}), SYNC_MS);
  const onEnd = async (job: SweepJob, outcome: JobOutcome): Promise<readonly SweepJob[]> => {
    const { entry, attempts } = job;
    if (outcome === null) return [];
    const { by = here } = outcome;
    if ("error" in outcome) {
      const { error } = outcome;
      // What the inputs are to blame for stays so.
      if (!(error instanceof LoopnestError) && attempts < ATTEMPTS) return [{ ...job, attempts: attempts + 1 }];
      await commits.fail(entry.key, error.message, by);
    } else {
      // A run folder is there before its search counts as done.
      if (entry.job.wants === "both") await untilRoom(() => keepRunFolder(dir, job, outcome.result), hooks.onFull);
      await commits.commit(entry.key, sentAnswer(outcome, entry.job.wants), by);
    }
    hooks.onEnd(job);
    return [];
  };
  try {
    await run(jobsLeft(dir, commits, hooks), {
      signal: hooks.signal,
      onEnd,
      keep: () => commits.journal.sync(),
      onRepeat: async (key, answer, by) => void (await commits.commit(key, answer, by)),
    });
  } finally {
    clearInterval(syncing);
    await commits.journal.sync();
  }
}

async function* jobsLeft(
  dir: string,
  { ledger }: Commits,
  { retryFailed, onBegin }: SweepHooks,
): AsyncGenerator<SweepJob> {
  const reader = inputsReader(folderContents(dir));
  const isLeft = (index: number) => {
    const state = ledger.stateAt(index);
    return state === "left" || (state === "failed" && retryFailed);
  };
  for await (const entry of readManifest(dir, isLeft)) {
    const job: SweepJob = { ...(await jobOf(entry.job, reader)), entry, attempts: 1 };
    onBegin(job);
    yield job;
  }
}
