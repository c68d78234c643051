import { join } from "node:path";
import { fileName } from "@loopnest/report";
import { exitCodes } from "../errors/exit-code.js";
import { Failure } from "../errors/failure.js";
import { holdFolder } from "../files/hold-folder.js";
import { textHash } from "../jobs/contents.js";
import { openHands } from "../queue/hands.js";
import { watchInterruption } from "../terminal/interruption.js";
import { jsonLines, type OutputForm, printData } from "../terminal/print-data.js";
import { shellWord } from "../terminal/shell-word.js";
import { openCommits } from "./commits.js";
import { dryRun } from "./dry-run.js";
import { manifestKeys } from "./manifest.js";
import { runSweep } from "./run-sweep.js";
import { readStudy } from "./study-file.js";
import { isSweepFile, SWEEP_FILES } from "./sweep-files.js";
import { beginSweep, readSweep, type Sweep } from "./sweep-folder.js";
import { sweepProgress } from "./sweep-progress.js";
import { writeResults } from "./write-results.js";

/** The options of `loopnest sweep` as the command line gives them. */
export interface SweepOptions extends OutputForm {
  /** Folder; named after the study unless given. */
  readonly output?: string;
  readonly dryRun?: boolean;
  /** Threads; one per processor core unless given. */
  readonly workers?: number;
  /** URL of a queue whose workers do the searches instead. */
  readonly queue?: string;
}

/**
 * `loopnest sweep`: runs every search of a study that its folder has no answer of.
 *
 * @throws LoopnestError for bad input; Failure if it was interrupted, or searches failed.
 */
export async function sweep(file: string, given: SweepOptions): Promise<void> {
  const study = await readStudy(file);
  if (given.dryRun) return dryRun(study, given);
  const dir = given.output ?? join("runs", `sweep-${fileName(study.name)}`);
  await holdFolder(dir, isSweepFile, async () => runAndTell(dir, await beginSweep(dir, study), given));
}

/**
 * `loopnest sweep --resume`: goes on with the sweep of a folder.
 *
 * @param retryFailed Whether searches that failed are run again, too.
 * @throws LoopnestError `input` if the folder holds none, or a damaged one; otherwise as `sweep`.
 */
export async function resumeSweep(dir: string, given: SweepOptions, retryFailed: boolean): Promise<void> {
  const begun = await readSweep(dir);
  await holdFolder(dir, isSweepFile, () => runAndTell(dir, begun, given, retryFailed));
}

async function runAndTell(dir: string, begun: Sweep, given: SweepOptions, retryFailed = false): Promise<void> {
  const keys = await manifestKeys(dir, begun.manifest);
  const onFull = () => void process.stderr.write("the disk is full: waiting until there is room\n");
  const commits = await openCommits(dir, keys, onFull);
  const { ledger, journal } = commits;
  if (ledger.done > 0) process.stderr.write(`${dir} has ${ledger.done} of ${begun.points} answers, which stay\n`);
  const session = { id: textHash(`${begun.manifest} ${begun.keep}`).slice(0, 32), name: begun.name, dir };
  try {
    const hands = await openHands(given, session);
    const progress = sweepProgress(dir, ledger, hands, retryFailed);
    const interruption = watchInterruption(() => progress.end());
    try {
      await runSweep(dir, commits, hands.run, {
        ...{ signal: interruption.signal, retryFailed, onFull },
        onBegin: progress.began,
        onEnd(job) {
          progress.ended(job);
          const { number, key, point } = job.entry;
          const state = ledger.stateAt(number - 1);
          if (given.jsonl) process.stdout.write(jsonLines([{ event: "search", number, key, state, point }]));
        },
      });
    } finally {
      interruption.release();
      await progress.close();
      await hands.close();
    }
    await writeResults(dir, begun, commits, onFull);
  } finally {
    await journal.close();
  }
  const { done, failed, left } = ledger;
  const summary = { folder: dir, name: begun.name, points: begun.points, done, failed, left };
  printData(given, {
    document: () => summary,
    lines: () => [{ event: "result", ...summary }],
    text: () => `${done} of ${begun.points} searches are done${failed > 0 ? `, ${failed} failed` : ""}\n`,
  });
  process.stderr.write(`written to ${join(dir, SWEEP_FILES.csv)} (.jsonl, .parquet)\n`);
  if (left > 0) {
    throw new Failure(`interrupted; to go on: loopnest sweep --resume ${shellWord(dir)}`, exitCodes.interrupted);
  }
  if (failed > 0) {
    const again = `to run them again: loopnest sweep --retry-failed ${shellWord(dir)}`;
    throw new Failure(`${failed} of ${begun.points} searches failed, as ${SWEEP_FILES.csv} says; ${again}`);
  }
}
