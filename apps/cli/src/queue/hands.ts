import { realpath } from "node:fs/promises";
import { availableParallelism, hostname } from "node:os";
import { version } from "../../package.json";
import { textHash } from "../jobs/contents.js";
import { type JobRunner, onThreads } from "../jobs/run-jobs.js";
import type { SessionNews, WorkerNews } from "./presence.js";

/** Who does jobs: threads of this machine, or the workers of a queue. */
export interface Hands {
  readonly run: JobRunner;
  /** Tells others how the work goes, where there are others. */
  tell(news: Omit<SessionNews, "session" | "version" | "by">): Promise<void>;
  /**
   * Workers that are alive; none but this process unless there is a queue. @param doing What its threads do, in words.
   */
  workers(doing: () => readonly string[]): Promise<readonly Pick<WorkerNews, "name" | "doing">[]>;
  close(): Promise<void>;
}

/** What was asked for on the command line. */
export interface HandsOptions {
  /** Threads; one per processor core unless given. */
  readonly workers?: number;
  /** URL of a queue. */
  readonly queue?: string;
}

/**
 * Opens the hands that a command is to use. What a queue needs is loaded for a queue only.
 *
 * @param session Of the work: what it is in hexadecimal digits, and its folder.
 * @throws LoopnestError `input` if there is no queue where it should be, or somebody else coordinates the same work
 * there.
 */
export async function openHands(
  { workers = availableParallelism(), queue }: HandsOptions,
  session: { readonly id: string; readonly dir: string },
): Promise<Hands> {
  const name = `${hostname()}:${process.pid}`;
  if (queue === undefined) {
    return {
      run: onThreads(workers),
      tell: async () => {},
      workers: async (doing) => [{ name, doing: doing() }],
      close: async () => {},
    };
  }
  const { redisClient } = await import("./redis-client.js");
  const { queueUrl } = await import("./queue-url.js");
  const { forgetSession, livingWorkers, tellSession } = await import("./presence.js");
  const { lockSession } = await import("./session-lock.js");
  const { onQueue } = await import("./on-queue.js");
  const redis = await redisClient(queueUrl(queue));
  const place = textHash(`${hostname()} ${await realpath(session.dir)}`);
  const lock = await lockSession(redis, session.id, place, name).catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  return {
    run: onQueue(redis, session.id, lock),
    tell: async (news) => void (await tellSession(redis, { ...news, session: session.id, version, by: name })),
    workers: async () => (await livingWorkers(redis)).filter((worker) => worker.version === version),
    async close() {
      await Promise.all([forgetSession(redis, session.id), lock.release()]).catch(() => {});
      redis.disconnect();
    },
  };
}
