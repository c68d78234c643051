import type { Redis } from "ioredis";
import type { JobRunner } from "../jobs/run-jobs.js";
import { coordinate } from "./coordinate.js";
import { jobStore, PREFIX, QUEUE } from "./job-store.js";
import { livingWorkers } from "./presence.js";
import { loadQueuePackages } from "./redis-client.js";
import type { SessionLock } from "./session-lock.js";

/**
 * Runs jobs on workers that take them from a queue. The queue carries keys only; an answer is kept under its key until
 * it was fetched, and whatever the server has lost is put there again.
 *
 * @param session Of the work, in hexadecimal digits: the same work has the same.
 * @throws Failure if a job has two answers; LoopnestError `input` if somebody else has taken over the work, or a job
 * cannot travel.
 */
export function onQueue(redis: Redis, session: string, lock: SessionLock): JobRunner {
  return async (jobs, hooks) => {
    const { Queue } = await loadQueuePackages();
    const queue = new Queue(QUEUE, { connection: redis, prefix: PREFIX });
    // The connection is made again; whoever waits for an answer waits a little longer.
    queue.on("error", () => {});
    const nameOf = (id: string) => `${session}-${id}`;
    try {
      await coordinate(jobs, hooks, jobStore(redis, session), {
        async add(bundles) {
          const once = { attempts: 1, removeOnComplete: true, removeOnFail: true };
          await queue.addBulk(
            bundles.map(({ id, keys }) => ({
              name: "search",
              data: { session, keys },
              opts: { ...once, jobId: nameOf(id) },
            })),
          );
        },
        async withdraw(bundles) {
          // Those that are being done stay.
          await Promise.all(bundles.map(({ id }) => queue.remove(nameOf(id)).catch(() => 0)));
        },
        renew: lock.renew,
        async threads() {
          const workers = await livingWorkers(redis);
          return workers.reduce((sum, { threads }) => sum + threads, 0);
        },
      });
    } finally {
      await queue.close();
    }
  };
}
