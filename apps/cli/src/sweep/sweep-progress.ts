import { duration, whole } from "@loopnest/report";
import { type Ledger, pointText } from "@loopnest/sweep";
import { removeWithin, writeWithin } from "../files/own-folder.js";
import type { Hands } from "../queue/hands.js";
import { jsonText } from "../terminal/print-data.js";
import { statusLine } from "../terminal/status-line.js";
import { makeTimeLeft } from "../terminal/time-left.js";
import type { SweepJob } from "./run-sweep.js";
import { SWEEP_FILES } from "./sweep-files.js";

/** How a sweep goes, as `progress.json` says. */
export interface SweepProgressData {
  readonly at: string;
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  readonly running: number;
  readonly jobsPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Workers that are alive, and what they do. */
  readonly workers: readonly { readonly name: string; readonly doing: readonly string[] }[];
}

/** Shows how a sweep goes: in one line, and in a file for `loopnest sweep status`. */
export interface SweepProgress {
  began(job: SweepJob): void;
  ended(job: SweepJob): void;
  /** Takes the line away. */
  end(): void;
  /** Takes the file away, too. */
  close(): Promise<void>;
}

/** Milliseconds between lines off a terminal, and between two states of the file. */
const PLAIN_EVERY_MS = 10_000;
const FILE_EVERY_MS = 2000;

/** @param retryFailed Whether those that failed are still to be run. */
export function sweepProgress(dir: string, ledger: Ledger, hands: Hands, retryFailed: boolean): SweepProgress {
  const line = statusLine(process.stderr, PLAIN_EVERY_MS);
  const timeLeft = makeTimeLeft();
  const running = new Map<string, SweepJob>();
  const before = { done: ledger.done + (retryFailed ? 0 : ledger.failed), at: performance.now() };
  const ended = () => ledger.done + (retryFailed ? 0 : ledger.failed);
  let secondsLeft: number | null = null;
  let atWork = "";
  const rate = () => (ended() - before.done) / Math.max(1e-3, (performance.now() - before.at) / 1000);
  const text = () => {
    secondsLeft = timeLeft.read(ended(), ledger.keys.size);
    const failed = ledger.failed > 0 ? [`${whole(ledger.failed)} failed`] : [];
    const left = secondsLeft === null ? [] : [`${duration(secondsLeft)} left`];
    const so = [`${whole(ledger.done)} of ${whole(ledger.keys.size)} searches`, ...failed];
    if (atWork !== "") so.push(atWork);
    return [...so, `${rate().toPrecision(3)} a second`, ...left].join(", ");
  };
  const doing = () => [...running.values()].map(({ entry }) => pointText(entry.point));
  const write = async () => {
    const rates = { jobsPerSecond: rate(), secondsLeft };
    const counts = { done: ledger.done, failed: ledger.failed, left: ledger.left };
    await hands.tell({ ...counts, ...rates });
    const workers = await hands.workers(doing);
    const busy = workers.reduce((sum, worker) => sum + worker.doing.length, 0);
    atWork = workers.length === 0 ? "no worker is there" : `${busy} running`;
    line.show(text);
    const data: SweepProgressData = {
      at: new Date().toISOString(),
      ...{ ...counts, running: busy, ...rates },
      workers: workers.map((worker) => ({ name: worker.name, doing: worker.doing })),
    };
    await writeWithin(dir, SWEEP_FILES.progress, jsonText(data));
  };
  let writing: Promise<unknown> = write().catch(() => {});
  const writeNext = () => {
    writing = writing.then(write).catch(() => {});
  };
  const timer = setInterval(writeNext, FILE_EVERY_MS);
  return {
    began(job) {
      running.set(job.entry.key, job);
      line.show(text);
    },
    ended(job) {
      running.delete(job.entry.key);
      line.show(text);
    },
    end: line.end,
    async close() {
      line.end();
      clearInterval(timer);
      await writing;
      await removeWithin(dir, SWEEP_FILES.progress).catch(() => {});
    },
  };
}
