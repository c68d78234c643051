import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import { Failure } from "../errors/failure.js";
import type { SearchJob } from "../jobs/job.js";
import { jobKey, jobRecord } from "../jobs/job-record.js";
import { type JobHooks, type JobRunner, type JobSource, jobTaker } from "../jobs/run-jobs.js";
import { type JobStore, jobStore, PREFIX, QUEUE } from "./job-store.js";
import { outcomeOf, type QueuedAnswer, readAnswer } from "./queued-answer.js";
import { loadQueuePackages } from "./redis-client.js";
import type { SessionLock } from "./session-lock.js";

/** Jobs that are on the server at a time: it stays small, and sweeps take turns. */
const WINDOW = 1000;
/**
 * Milliseconds after which a job without an answer is put into the queue again; nothing happens if it is still there.
 */
const AGAIN_MS = 5000;
/** Milliseconds between two looks for answers: soon after one has come, later where nothing comes. */
const LOOK_MS = { least: 5, most: 250 };

/** A job on its way; several, if they are one search. */
interface Sent<Job> {
  readonly jobs: Job[];
  readonly record: string;
  at: number;
}

/**
 * Runs jobs on workers that take them from a queue. The queue carries keys only; an answer is kept under its key until
 * it was fetched, and whatever the server has lost is put there again.
 *
 * @param session Of the work, in hexadecimal digits: the same work has the same.
 * @throws Failure if a job has two answers; LoopnestError `input` if somebody else has taken over the work.
 */
export function onQueue(redis: Redis, session: string, lock: SessionLock): JobRunner {
  return async (jobs, hooks) => {
    const { Queue } = await loadQueuePackages();
    const queue = new Queue(QUEUE, { connection: redis, prefix: PREFIX });
    // The connection is made again; whoever waits for an answer waits a little longer.
    queue.on("error", () => {});
    try {
      await coordinate(jobs, hooks, jobStore(redis, session), {
        add: async (keys) => {
          const once = { attempts: 1, removeOnComplete: true, removeOnFail: true };
          const data = (key: string) => ({ session, key });
          await queue.addBulk(
            keys.map((key) => ({ name: "search", data: data(key), opts: { ...once, jobId: `${session}-${key}` } })),
          );
        },
        withdraw: async (keys) => {
          // Those that are being done stay.
          await Promise.all(keys.map((key) => queue.remove(`${session}-${key}`).catch(() => 0)));
        },
        renew: lock.renew,
      });
    } finally {
      await queue.close();
    }
  };
}

interface Line {
  add(keys: readonly string[]): Promise<void>;
  withdraw(keys: readonly string[]): Promise<void>;
  renew(): Promise<void>;
}

async function coordinate<Job extends SearchJob>(
  jobs: JobSource<Job>,
  hooks: JobHooks<Job>,
  store: JobStore,
  line: Line,
): Promise<void> {
  const { next, follow } = jobTaker(jobs);
  const sent = new Map<string, Sent<Job>>();
  const kept = new WeakMap();
  let isDry = false;
  const fill = async () => {
    const fresh = new Map<string, Sent<Job>>();
    while (sent.size + fresh.size < WINDOW) {
      const job = await next();
      isDry = job === undefined;
      if (job === undefined) break;
      const limit = hooks.limit?.(job);
      const record = await jobRecord(job, store.contents, kept);
      const key = jobKey(record);
      const same = sent.get(key) ?? fresh.get(key);
      const text = JSON.stringify({ ...record, ...(limit !== undefined && { limitSeconds: limit }) });
      if (same !== undefined) same.jobs.push(job);
      else fresh.set(key, { jobs: [job], record: text, at: performance.now() });
    }
    await send(fresh);
    for (const [key, own] of fresh) sent.set(key, own);
  };
  const send = async (some: ReadonlyMap<string, Sent<Job>>) => {
    await store.putJobs([...some].map(([key, { record }]) => [key, record]));
    if (some.size > 0) await line.add([...some.keys()]);
  };
  /** Whatever a server has lost, it gets again. */
  const sendAgain = async () => {
    const now = performance.now();
    const late = new Map([...sent].filter(([, { at }]) => now - at > AGAIN_MS));
    for (const { plan } of new Set([...late.values()].map(({ jobs: [job] }) => job!))) {
      if (!kept.has(plan.inputs)) continue;
      kept.delete(plan.inputs);
      await jobRecord({ plan }, store.contents, kept);
    }
    for (const own of late.values()) own.at = now;
    await send(late);
  };
  const take = async (key: string, queued: QueuedAnswer) => {
    const own = sent.get(key);
    if (own === undefined) {
      if ("answer" in queued) await hooks.onRepeat?.(key, queued.answer, queued.by);
      return;
    }
    sent.delete(key);
    for (const job of own.jobs) follow(await hooks.onEnd(job, outcomeOf(queued)));
  };
  const collect = async () => {
    // Those first: what they contradict is among the answers then.
    const contradictions = await store.contradictions();
    let taken = 0;
    for await (const piece of store.answers()) {
      for (const [key, text] of piece) await take(key, readAnswer(text));
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
  let wait = LOOK_MS.least;
  let renewed = performance.now();
  while (!hooks.signal.aborted) {
    if (!isDry || sent.size < WINDOW) await fill();
    if (isDry && sent.size === 0) return;
    const taken = await collect();
    if (performance.now() - renewed > AGAIN_MS) {
      await line.renew();
      await sendAgain();
      renewed = performance.now();
    }
    wait = taken > 0 ? LOOK_MS.least : Math.min(LOOK_MS.most, 2 * wait);
    await pause(wait, undefined, { signal: hooks.signal }).catch(() => {});
  }
  await line.withdraw([...sent.keys()]);
  await collect();
  for (const { jobs } of sent.values()) for (const job of jobs) await hooks.onEnd(job, null);
  await store.remove([...sent.keys()]);
}
