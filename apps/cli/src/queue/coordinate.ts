import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../errors/failure.js";
import type { SearchJob } from "../jobs/job.js";
import { jobKey, jobRecord } from "../jobs/job-record.js";
import { type JobHooks, type JobSource, jobTaker } from "../jobs/run-jobs.js";
import { type Bundle, bundling } from "./bundles.js";
import type { JobStore } from "./job-store.js";
import { outcomeOf, type QueuedAnswer, readAnswer } from "./queued-answer.js";

/** Jobs that are on the server at a time, unless there are many workers: it stays small, and sweeps take turns. */
const WINDOW = 1000;
/** Bundles a thread that are on the server if that takes more jobs: nobody waits for the coordinator. */
const BUNDLES_PER_THREAD = 4;
/**
 * Milliseconds after which a job without an answer is put into the queue again; nothing happens if it is still there.
 */
const AGAIN_MS = 5000;
/** Milliseconds between two looks for answers: soon after one has come, later where nothing comes. */
const LOOK_MS = { least: 20, most: 250 };

/** The queue, as whoever coordinates work sees it. */
export interface Line {
  add(bundles: readonly Bundle[]): Promise<void>;
  withdraw(bundles: readonly Bundle[]): Promise<void>;
  /** Says that we are alive. @throws LoopnestError `input` if somebody else has taken over. */
  renew(): Promise<void>;
  /** Threads of all workers that are alive. */
  threads(): Promise<number>;
}

/** A job on its way; several, if they are one search. */
interface Sent<Job> {
  readonly jobs: Job[];
  readonly record: string;
  at: number;
}

/** Sends jobs, collects their answers, and sends again what was lost, until all have ended or the signal says so. */
export async function coordinate<Job extends SearchJob>(
  jobs: JobSource<Job>,
  hooks: JobHooks<Job>,
  store: JobStore,
  line: Line,
): Promise<void> {
  const { next, follow } = jobTaker(jobs);
  const sent = new Map<string, Sent<Job>>();
  const kept = new WeakMap();
  const bundles = bundling();
  let threads = 0;
  let held: Job | undefined;
  const hasRoom = () => sent.size < WINDOW || bundles.size < BUNDLES_PER_THREAD * threads;
  const fill = async () => {
    const fresh: string[] = [];
    while (hasRoom()) {
      held ??= await next();
      if (held === undefined || bundles.isToWait(held)) break;
      const job = held;
      held = undefined;
      const limit = hooks.limit?.(job);
      const record = await jobRecord(job, store.contents, kept);
      const key = jobKey(record);
      const same = sent.get(key);
      if (same !== undefined) {
        same.jobs.push(job);
        continue;
      }
      const text = JSON.stringify({ ...record, ...(limit !== undefined && { limitSeconds: limit }) });
      sent.set(key, { jobs: [job], record: text, at: performance.now() });
      bundles.add(key, job);
      fresh.push(key);
    }
    await send(fresh, bundles.take());
  };
  const send = async (keys: readonly string[], filled: readonly Bundle[]) => {
    await store.putJobs(keys.map((key) => [key, sent.get(key)!.record]));
    if (filled.length > 0) await line.add(filled);
  };
  /** Whatever a server has lost, it gets again. */
  const sendAgain = async () => {
    const now = performance.now();
    const late = [...sent].filter(([, { at }]) => now - at > AGAIN_MS);
    for (const { plan } of new Set(late.map(([, { jobs: own }]) => own[0]!))) {
      if (!kept.has(plan.inputs)) continue;
      kept.delete(plan.inputs);
      await jobRecord({ plan }, store.contents, kept);
    }
    for (const [, own] of late) own.at = now;
    const keys = late.map(([key]) => key);
    await send(keys, bundles.of(keys));
  };
  const take = async (key: string, queued: QueuedAnswer): Promise<readonly Job[]> => {
    const own = sent.get(key);
    if (own === undefined) {
      if ("answer" in queued) await hooks.onRepeat?.(key, queued.answer, queued.by);
      return [];
    }
    sent.delete(key);
    bundles.ended(key, own.jobs[0]!, "answer" in queued ? queued.answer.seconds : undefined);
    return (await Promise.all(own.jobs.map((job) => hooks.onEnd(job, outcomeOf(queued))))).flat();
  };
  const collect = async () => {
    // Those first: what they contradict is among the answers then.
    const contradictions = await store.contradictions();
    let taken = 0;
    for await (const piece of store.answers()) {
      if (piece.length === 0) continue;
      const more = await Promise.all(piece.map(([key, text]) => take(key, readAnswer(text))));
      follow(more.flat());
      await hooks.keep?.();
      await store.remove(piece.map(([key]) => key));
      taken += piece.length;
    }
    for (const [key, text] of contradictions) {
      const second = readAnswer(text);
      if ("answer" in second) await hooks.onRepeat?.(key, second.answer, second.by);
      throw new Failure(`job ${key.slice(0, 16)} has two answers, one of them by ${second.by}: please report this`);
    }
    return taken;
  };
  let renewed = Number.NEGATIVE_INFINITY;
  /** @returns Answers that have come; nothing if all is done. */
  const turn = async () => {
    if (performance.now() - renewed > AGAIN_MS) {
      await line.renew();
      threads = await line.threads();
      bundles.mostUntried = 2 * threads;
      await sendAgain();
      renewed = performance.now();
    }
    await fill();
    return held === undefined && sent.size === 0 ? null : collect();
  };
  let wait = LOOK_MS.least;
  let isRefused = false;
  while (!hooks.signal.aborted) {
    const taken = await turn().catch((error: unknown) => {
      // What it did not take is sent again.
      if (!isFullServer(error)) throw error;
      if (!isRefused) process.stderr.write("the server of the queue takes nothing for the time being: waiting\n");
      isRefused = true;
      return 0;
    });
    if (taken === null) return;
    if (taken > 0) {
      wait = LOOK_MS.least;
      isRefused = false;
    }
    await pause(wait, undefined, { signal: hooks.signal }).catch(() => {});
    if (taken === 0) wait = Math.min(LOOK_MS.most, 2 * wait);
  }
  await line.withdraw(bundles.of(sent.keys()));
  await collect();
  for (const { jobs: own } of sent.values()) for (const job of own) await hooks.onEnd(job, null);
  await store.remove([...sent.keys()]);
}

/** Whether a server takes nothing for the time being: its disk or memory is full, or it is being started. */
function isFullServer(error: unknown): boolean {
  return error instanceof Error && /\b(MISCONF|OOM|LOADING|READONLY)\b/.test(error.message);
}
