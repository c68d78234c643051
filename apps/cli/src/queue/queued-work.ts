import type { Redis } from "ioredis";
import * as z from "zod";
import { MissingContent } from "../jobs/contents.js";
import type { SearchJob } from "../jobs/job.js";
import { inputsReader, type JobRecord, jobKey, jobOf, jobRecordSchema } from "../jobs/job-record.js";
import { type JobThread, startJobThread } from "../jobs/job-thread.js";
import { sentAnswer } from "../jobs/sent-answer.js";
import { sendable } from "../jobs/worker-messages.js";
import { MOST_KEYS } from "./bundles.js";
import { type JobStore, jobStore, redisContents, TOO_LARGE } from "./job-store.js";
import { isContradiction, type QueuedAnswer, readAnswer } from "./queued-answer.js";

/** What a worker has done and does. */
export interface QueuedWork {
  /** Does a bundle of the queue, and leaves answers on the server. Throws only if the server does not take them. */
  run(data: unknown): Promise<void>;
  /** Jobs that it does, in words. */
  doing(): string[];
  done(): number;
  failed(): number;
  /** Jobs that were none of ours. */
  refused(): number;
  /** Ends all threads. */
  end(): Promise<void>;
}

/** What the queue carries: names, which are looked up and nothing else. */
const dataSchema = z.strictObject({
  session: z.string().regex(/^[0-9a-f]{8,64}$/),
  keys: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(MOST_KEYS),
});

/** Milliseconds between two moments at which answers of a bundle are left on the server. */
const LEAVE_MS = 200;

/** @param name Of the worker. @param most Threads. */
export function queuedWork(redis: Redis, name: string, most: number): QueuedWork {
  const idle: JobThread[] = [];
  const threads = new Set<JobThread>();
  const current = new Set<SearchJob>();
  const counts = { done: 0, failed: 0, refused: 0 };
  const inputs = inputsReader(redisContents(redis));
  const threadFor = () => {
    const found = idle.pop();
    if (found?.alive) return found;
    const fresh = startJobThread();
    threads.add(fresh);
    return fresh;
  };
  const answerOf = async (record: JobRecord): Promise<QueuedAnswer | null> => {
    const job = await jobOf(record, inputs);
    const thread = threadFor();
    const { limitSeconds } = record;
    const timer = limitSeconds === undefined ? undefined : setTimeout(() => thread.stop(), limitSeconds * 1000);
    current.add(job);
    try {
      const outcome = await thread.run(job);
      if (outcome === null) return null;
      if ("error" in outcome) return { by: name, error: sendable(outcome.error) };
      return { by: name, answer: sentAnswer(outcome, record.wants) };
    } finally {
      clearTimeout(timer);
      current.delete(job);
      if (thread.alive && idle.length < most) idle.push(thread);
      else threads.delete(thread);
    }
  };
  return {
    async run(data) {
      const checked = dataSchema.safeParse(data);
      if (!checked.success) return refuse(counts, "its data are no session and keys");
      const { session, keys } = checked.data;
      const store = jobStore(redis, session);
      const records = await store.records(keys);
      const left: Promise<void>[] = [];
      let answers: [key: string, answer: QueuedAnswer][] = [];
      let since = performance.now();
      for (const [i, key] of keys.entries()) {
        // Nobody waits for it any more.
        if (records[i] === null) continue;
        const record = checkedRecord(key, records[i]!);
        if (typeof record === "string") {
          refuse(counts, record);
          continue;
        }
        const answer = await answerOf(record).catch((error: unknown): QueuedAnswer | null => {
          // Inputs that the server has lost come again, and the job with them.
          return error instanceof MissingContent ? null : { by: name, error: sendable(error) };
        });
        if (answer === null) continue;
        counts["error" in answer ? "failed" : "done"]++;
        answers.push([key, answer]);
        if (performance.now() - since < LEAVE_MS) continue;
        // The next search does not wait for it.
        const leaving = leave(store, answers);
        leaving.catch(() => {});
        left.push(leaving);
        answers = [];
        since = performance.now();
      }
      await Promise.all([...left, leave(store, answers)]);
    },
    doing: () =>
      [...current].map(({ plan }) => `${plan.inputs.workload.name} on ${plan.inputs.target.name}, ${plan.method}`),
    done: () => counts.done,
    failed: () => counts.failed,
    refused: () => counts.refused,
    end: async () => void (await Promise.all([...threads].map((thread) => thread.end()))),
  };
}

/** The record of a job, or a text that says why it is none. */
function checkedRecord(key: string, text: string | typeof TOO_LARGE): JobRecord | string {
  if (text === TOO_LARGE) return "its record is too large";
  try {
    const checked = jobRecordSchema.safeParse(JSON.parse(text));
    if (!checked.success) return "its record is none of a search";
    return jobKey(checked.data) === key ? checked.data : "its record is not what its key says";
  } catch {
    return "its record is no JSON";
  }
}

/** Leaves answers, each once; another one than is there is noted. */
async function leave(store: JobStore, answers: readonly (readonly [string, QueuedAnswer])[]): Promise<void> {
  const late = await store.commit(answers.map(([key, answer]) => [key, JSON.stringify(answer)]));
  const ours = new Map(answers);
  for (const [key, first] of late) {
    const answer = ours.get(key)!;
    if (isContradiction(readAnswer(first), answer)) await store.contradict(key, JSON.stringify(answer));
  }
}

function refuse(counts: { refused: number }, why: string): void {
  counts.refused++;
  process.stderr.write(`a job was refused: ${why}\n`);
}
