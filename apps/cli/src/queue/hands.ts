import { realpath } from "node:fs/promises";
import { availableParallelism, hostname } from "node:os";
import { version } from "../../package.json";
import { textHash } from "../jobs/contents.js";
import { type JobRunner, onThreads } from "../jobs/run-jobs.js";
import type { SessionNews, WorkerNews } from "./presence.js";

/** Who does jobs: threads of this machine, or the workers of a queue. */
export interface Hands {
  readonly run: JobRunner;
  /** Threads that do jobs here; none where workers of a queue do. */
  readonly threads: number | null;
  /** Tells others how the work goes, where there are others. */
  tell(news: WorkNews): Promise<void>;
  /**
   * Workers that are alive; none but this process unless there is a queue. @param doing What its threads do, in words.
   */
  workers(doing: () => readonly string[]): Promise<readonly Pick<WorkerNews, "name" | "doing">[]>;
  close(): Promise<void>;
}

/** How the work of a session goes. */
type WorkNews = Omit<SessionNews, "session" | "version" | "by" | "name">;

/** What was asked for on the command line. */
export interface HandsOptions {
  /** Threads; one per processor core unless given. */
  readonly workers?: number | undefined;
  /** URL of a queue. */
  readonly queue?: string | undefined;
}

/** Threads of this machine. @param threads One per processor core unless given. */
export function ownHands(threads = availableParallelism()): Hands {
  return {
    run: onThreads(threads),
    threads,
    tell: async () => {},
    workers: async (doing) => [{ name: `${hostname()}:${process.pid}`, doing: doing() }],
    close: async () => {},
  };
}

/**
 * Opens the hands that a command is to use. What a queue needs is loaded for a queue only.
 *
 * @param session Of the work: what it is in hexadecimal digits, its folder, and how it is called.
 * @throws LoopnestError `input` if there is no queue where it should be, or somebody else coordinates the same work
 * there.
 */
export async function openHands(
  { workers, queue }: HandsOptions,
  session: { readonly id: string; readonly dir: string; readonly name: string },
): Promise<Hands> {
  if (queue === undefined) return ownHands(workers);
  const by = `${hostname()}:${process.pid}`;
  const { redisClient } = await import("./redis-client.js");
  const { queueUrl } = await import("./queue-url.js");
  const { forgetSession, livingWorkers, NEWS_MS, tellSession } = await import("./presence.js");
  const { lockSession } = await import("./session-lock.js");
  const { onQueue } = await import("./on-queue.js");
  const redis = await redisClient(queueUrl(queue));
  const place = textHash(`${hostname()} ${await realpath(session.dir)}`);
  const lock = await lockSession(redis, session.id, place, by).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  let news: WorkNews = { done: 0, failed: 0, left: null, jobsPerSecond: null, secondsLeft: null };
  const tell = async () => {
    await tellSession(redis, { ...news, session: session.id, name: session.name, version, by }).catch(() => {});
  };
  await tell();
  const telling = setInterval(tell, NEWS_MS);
  const run = onQueue(redis, session.id, lock);
  return {
    run: (jobs, hooks) =>
      run(jobs, {
        ...hooks,
        onEnd(job, outcome) {
          if (outcome !== null && "error" in outcome) news = { ...news, failed: news.failed + 1 };
          else if (outcome !== null) news = { ...news, done: news.done + 1 };
          return hooks.onEnd(job, outcome);
        },
      }),
    threads: null,
    async tell(own) {
      news = own;
      await tell();
    },
    workers: async () => (await livingWorkers(redis)).filter((worker) => worker.version === version),
    async close() {
      clearInterval(telling);
      await Promise.all([forgetSession(redis, session.id), lock.release()]).catch(() => {});
      redis.disconnect();
    },
  };
}
